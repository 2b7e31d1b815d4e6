"""Fields of the panel's forms: never None, never longer than the record, their complaints in Russian."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

Check = Callable[..., object]


def line(label: str, longest: int, *, needed: str = "", note: str = "", **shown: Any) -> StringField:
    """One line of words. ``needed``: what to say when it is empty; without it the field may stay empty."""
    return StringField(label, _checks(longest, needed), description=note, filters=[_tidy], render_kw=shown or None)


def paragraph(label: str, longest: int, *, needed: str = "", note: str = "", rows: int = 4) -> TextAreaField:
    checks = _checks(longest, needed)
    return TextAreaField(label, checks, description=note, filters=[_trimmed], render_kw={"rows": rows})


def day(label: str, *, needed: str = "") -> DateField:
    checks = [InputRequired(needed)] if needed else [Optional()]
    return DateField(label, checks, format=["%Y-%m-%d", "%d.%m.%Y"])


def select(label: str, pairs: Iterable[tuple[object, str]], *, none: str = "", note: str = "") -> SelectField:
    """``none``: what the empty choice is called, if there is to be one."""
    return SelectField(label, choices=choices(pairs, none=none), default="" if none else None, description=note)


def choices(pairs: Iterable[tuple[object, str]], *, none: str = "") -> list[SelectChoice]:
    empty = [SelectChoice("", none)] if none else []
    return empty + [SelectChoice(str(value), said) for value, said in pairs]


def _checks(longest: int, needed: str) -> list[Check]:
    first: Check = DataRequired(needed) if needed else Optional()
    return [first, Length(max=longest, message=f"Слишком длинно: помещается {longest} знаков.")]


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


def _trimmed(text: str | None) -> str:
    """A browser sends line ends as two signs; one is kept."""
    return (text or "").strip().replace("\r\n", "\n")
