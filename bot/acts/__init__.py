"""What buttons do, by topic; `bot.callbacks` names them all."""
