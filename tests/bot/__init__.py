"""The bot, with the chat's library as `manage.py bot` loads it."""

from bot.lean_aiogram import import_aiogram

import_aiogram()
