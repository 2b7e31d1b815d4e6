"""Proposals and pairs."""

from aiogram.filters.callback_data import CallbackData


class ShowProposal(CallbackData, prefix="pr"):
    pair_id: int


class AcceptProposal(CallbackData, prefix="pa"):
    pair_id: int


class AskDeclineReason(CallbackData, prefix="pd"):
    pair_id: int


class DeclineProposal(CallbackData, prefix="pn"):
    pair_id: int
    reason: str


class WriteDeclineReason(CallbackData, prefix="pw"):
    pair_id: int


class ShowMyPairs(CallbackData, prefix="mp"):
    pass


class ShowPair(CallbackData, prefix="ps"):
    pair_id: int


class ChooseWish(CallbackData, prefix="wp"):
    pair_id: int


class AskWish(CallbackData, prefix="wa"):
    """``wish``: a word of `bot.screens.wishes.Wish`."""

    pair_id: int
    wish: str


class SendWish(CallbackData, prefix="ws"):
    pair_id: int
    wish: str
