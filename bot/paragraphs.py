"""Cutting a long text into messages where a reader would pause.

Telegram counts UTF-16 code units after it has read the markup; counting the markup too only cuts a little earlier.
"""

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
PAUSES = ("\n\n", "\n", " ")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def pages(text: str, limit: int) -> list[str]:
    """The text in messages of at most ``limit`` units, cut at paragraphs, else at lines, else at words."""
    found = []
    while units(text) > limit:
        cut = _cut(text, limit)
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text]


def _cut(text: str, limit: int) -> int:
    reach = _reach(text, limit)
    for pause in PAUSES:
        at = text.rfind(pause, 1, reach)
        if at > 0 and not _inside_tag(text, at):
            return at
    return text.rfind("<", 0, reach) if _inside_tag(text, reach) else reach


def _reach(text: str, limit: int) -> int:
    """How many characters fit into ``limit`` units: those beyond the basic plane take two."""
    left = limit
    for index, letter in enumerate(text):
        left -= 2 if ord(letter) > 0xFFFF else 1
        if left < 0:
            return index
    return len(text)


def _inside_tag(text: str, at: int) -> bool:
    return text.rfind("<", 0, at) > text.rfind(">", 0, at)
