"""How the bot introduces itself to the panel."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models.notice import BotProfile


def link_prefix(session: Session) -> str | None:
    """«https://t.me/name?start=» of the bot seen last; None until the bot's process has started once."""
    return session.scalar(select(BotProfile.link_prefix).order_by(BotProfile.seen_at.desc()).limit(1))
