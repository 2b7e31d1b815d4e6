"""What is kept about a person, as a page and as a file."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot import callbacks as act
from bot.keyboards import button, keyboard, menu_row, row
from bot.screen import Document, Screen
from bot.screens.consents import curator, page
from bot.texts import buttons
from bot.texts import my_data as words
from bot.texts.wording import day, fill, local_day, paragraphs
from mentoring.use_cases.organisations import OrganisationCard
from mentoring.use_cases.privacy import ErasureAsked


def overview() -> Screen:
    return Screen(
        words.PAGE,
        keyboard(
            row(button(buttons.DOWNLOAD_DATA, act.DownloadMyData())),
            row(button(buttons.MY_CONSENTS, act.ShowMyConsents())),
            row(button(buttons.ERASE_DATA, act.AskErasure())),
            menu_row(),
        ),
    )


def privacy(organisation: OrganisationCard | None) -> Screen:
    if organisation is None:
        return Screen(words.PRIVACY)
    who = curator(organisation.curator_name, organisation.contact)
    operator = fill(words.PRIVACY_OPERATOR, organisation=organisation.name, curator=who)
    return Screen(
        paragraphs(words.PRIVACY, operator),
        keyboard(
            row(button(buttons.MY_CONSENTS, act.ShowMyConsents())),
            row(button(buttons.MY_DATA, act.ShowMyData())),
            menu_row(),
        ),
    )


def file(data: Mapping[str, Any]) -> Screen:
    content = page(words.FILE_TITLE, _in_html(data))
    return Screen(
        words.FILE_CAPTION,
        keyboard(row(button(buttons.BACK, act.ShowMyData())), menu_row()),
        Document(words.FILE_NAME, content),
    )


def ask_erasure() -> Screen:
    return Screen(
        words.ASK_ERASURE,
        keyboard(
            row(button(buttons.YES_ERASE, act.OrderErasure())),
            row(button(buttons.LEAVE_AS_IT_IS, act.ShowMyData())),
        ),
    )


def erasure_ordered(asked: ErasureAsked, zone: str) -> Screen:
    text = fill(words.ERASURE_ORDERED, due=day(local_day(asked.due_at, zone)))
    return Screen(text, keyboard(row(button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())), menu_row()))


def _in_html(value: Any) -> str:
    """Nested words as a nested table and lists, readable without knowing what JSON is."""
    if isinstance(value, Mapping):
        rows = "".join(
            f"<tr><th>{escape(str(name))}</th><td>{_in_html(inner)}</td></tr>" for name, inner in value.items()
        )
        return f"<table>{rows}</table>"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"<ul>{''.join(f'<li>{_in_html(inner)}</li>' for inner in value)}</ul>" if value else "—"
    return escape(str(value)) if value not in (None, "") else "—"
