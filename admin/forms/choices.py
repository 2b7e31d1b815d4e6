"""Values and labels as WTForms wants them."""

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice


def choices(pairs: Iterable[tuple[object, str]], *, none: str = "") -> list[SelectChoice]:
    """``none``: what the empty choice is called, if there is to be one."""
    empty = [SelectChoice("", none)] if none else []
    return empty + [SelectChoice(str(value), said) for value, said in pairs]
