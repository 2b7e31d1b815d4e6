"""Telegram on this machine: a Bot API server and a web chat, for trying and testing the bot without Telegram."""
