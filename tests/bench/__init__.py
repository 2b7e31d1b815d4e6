"""How fast the product is, beside the bare costs of its own libraries in the same minutes."""

from bot.lean_aiogram import import_aiogram

import_aiogram()
