"""Deep links into the bot, as text and as a square to point a phone at."""

from dataclasses import dataclass

import segno
from markupsafe import Markup

from admin.desk import read
from storage.queries.bots import link_prefix


@dataclass(frozen=True, slots=True)
class BotLink:
    address: str

    @property
    def square(self) -> Markup:
        """An SVG without inline styles."""
        drawn = segno.make(self.address, error="m").svg_inline(omitsize=True, border=1, svgclass=None, lineclass=None)
        return Markup(drawn)  # drawn by segno from an address of ours: it holds no text of people


def bot_link(token: str) -> BotLink | None:
    """None while the bot has never been started: there is nothing to point at yet."""
    prefix = read(link_prefix)
    return BotLink(prefix + token) if prefix else None


def bot_links(*tokens: str) -> tuple[BotLink | None, ...]:
    prefix = read(link_prefix)
    return tuple(BotLink(prefix + token) if prefix else None for token in tokens)
