"""What people do in the chat, one module per noun; each handler reads, calls one use-case, shows a screen."""

from aiogram import Router

from bot.handlers import (
    child,
    commands,
    consents,
    feedback,
    joining,
    letters,
    meetings,
    menu,
    my_data,
    pairs,
    planning,
    questionnaires,
    records,
    strangers,
    unexpected,
    words,
)


def routers() -> list[Router]:
    """In the order in which they are asked: strangers first, the unexpected last."""
    modules = (
        joining,
        strangers,
        commands,
        questionnaires,
        menu,
        consents,
        child,
        pairs,
        planning,
        meetings,
        records,
        feedback,
        letters,
        my_data,
        words,
        unexpected,
    )
    return [module.router() for module in modules]
