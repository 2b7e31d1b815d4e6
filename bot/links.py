"""Addresses that open this bot."""

from aiogram import Bot

from config.settings import Settings


async def deep_link(bot: Bot, settings: Settings, token: str) -> str:
    me = await bot.me()  # asked of Telegram once, then remembered
    return f"{settings.link_prefix or f'https://t.me/{me.username}?start='}{token}"


def panel_address(settings: Settings) -> str:
    return settings.public_url or f"http://{settings.panel_host}:{settings.panel_port}"
