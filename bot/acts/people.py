"""What a person sees and decides alone: menu, consents, own data, a child, letters."""

from aiogram.filters.callback_data import CallbackData


class ShowMenu(CallbackData, prefix="m"):
    pass


class ShowHelp(CallbackData, prefix="h"):
    pass


class ShowPrivacy(CallbackData, prefix="pv"):
    pass


class ChooseAge(CallbackData, prefix="ag"):
    group: str


class ShowConsent(CallbackData, prefix="cs"):
    """``person_id``: whose data."""

    person_id: int
    kind: str


class ReadConsent(CallbackData, prefix="cr"):
    person_id: int
    kind: str


class DecideConsent(CallbackData, prefix="cd"):
    text_id: int
    person_id: int
    decision: str


class ShowMyConsents(CallbackData, prefix="mc"):
    pass


class AskWithdrawal(CallbackData, prefix="cw"):
    consent_id: int


class WithdrawConsent(CallbackData, prefix="cx"):
    consent_id: int


class ShowGuardianLink(CallbackData, prefix="gl"):
    pass


class ShowChild(CallbackData, prefix="ch"):
    person_id: int


class ShowMyData(CallbackData, prefix="md"):
    pass


class DownloadMyData(CallbackData, prefix="mf"):
    pass


class AskErasure(CallbackData, prefix="er"):
    pass


class OrderErasure(CallbackData, prefix="ex"):
    pass


class ContinueStatement(CallbackData, prefix="ss"):
    minor_id: int


class StateRelation(CallbackData, prefix="sr"):
    """Who the guardian is to the child; the words of `bot.texts.guardians.RELATIONS`."""

    minor_id: int
    relation: str


class WriteToCurator(CallbackData, prefix="wc"):
    pass


class AnswerLetter(CallbackData, prefix="al"):
    letter_id: int


class ShowDigest(CallbackData, prefix="dg"):
    pass
