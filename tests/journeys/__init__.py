"""Whole stories through the chat and the panel."""

from bot.lean_aiogram import import_aiogram

import_aiogram()
