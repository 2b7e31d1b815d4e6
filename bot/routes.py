"""What people can do in the chat, in the order in which an update is offered: strangers first, the unexpected last."""

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
    plan_items,
    planning,
    plans,
    questionnaires,
    records,
    strangers,
    surveys,
    unexpected,
    wishes,
    words,
)


def routers() -> list[Router]:
    modules = (
        joining,
        strangers,
        commands,
        questionnaires,
        surveys,
        menu,
        consents,
        child,
        pairs,
        wishes,
        planning,
        plans,
        plan_items,
        meetings,
        records,
        feedback,
        letters,
        my_data,
        words,
        unexpected,
    )
    return [module.router() for module in modules]
