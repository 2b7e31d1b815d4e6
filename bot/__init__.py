"""The chat door: aiogram handlers, keyboards, texts and notices."""
