"""The chat library without four hundred models built ahead: each is built when it is first needed (ADR 22).

Its types say ``defer_build`` themselves, yet the end of its import builds every one: five seconds of a processor and
100 MiB, of which a bot without payments, gifts and stickers uses a tenth.
"""

import sys
from typing import Any

from pydantic import BaseModel

BUILD: Any = BaseModel.__dict__["model_rebuild"]


def import_aiogram() -> None:
    """To be called before the first import of ``aiogram`` in the process; later it changes nothing."""
    if "aiogram" in sys.modules:
        return
    names: dict[str, Any] = {}  # what the types' annotations mean, as the library says it to each

    def postpone(_: type[BaseModel], /, *, _types_namespace: dict[str, Any] | None = None, **__: Any) -> None:
        names.update(_types_namespace or {})

    def build(model: type[BaseModel], /, *, _types_namespace: dict[str, Any] | None = None, **how: Any) -> bool | None:
        done: bool | None = BUILD.__func__(model, _types_namespace=_types_namespace or names, **how)
        return done

    _hang(BaseModel, classmethod(postpone))
    try:
        from aiogram.methods.base import Response, TelegramMethod
        from aiogram.types import TelegramObject
    finally:
        _hang(BaseModel, BUILD)
    for base in (TelegramObject, TelegramMethod, Response):
        _hang(base, classmethod(build))


def _hang(model: type[BaseModel], rebuild: Any) -> None:
    model.model_rebuild = rebuild  # type: ignore[method-assign]
