"""The individual plan: goals, items, term, notes."""

from aiogram.filters.callback_data import CallbackData


class ShowPlan(CallbackData, prefix="ka"):
    pair_id: int


class ShowGoals(CallbackData, prefix="kb"):
    pair_id: int


class AddGoal(CallbackData, prefix="kc"):
    pair_id: int


class TakeGoal(CallbackData, prefix="kd"):
    """``mark``: of the suggestion that was on the screen."""

    pair_id: int
    mark: str


class ShowGoal(CallbackData, prefix="ke"):
    """``number`` from 0; ``mark``: of the goal that was on the screen, so that no other is taken for it."""

    pair_id: int
    number: int
    mark: str


class ChangeGoal(CallbackData, prefix="kf"):
    pair_id: int
    number: int
    mark: str


class DropGoal(CallbackData, prefix="kg"):
    pair_id: int
    number: int
    mark: str


class AddPlanItem(CallbackData, prefix="kh"):
    pair_id: int


class WritePlanItem(CallbackData, prefix="ki"):
    pair_id: int
    section: str


class TakePlanItem(CallbackData, prefix="kj"):
    pair_id: int
    section: str
    mark: str


class ShowPlanItem(CallbackData, prefix="kk"):
    item_id: int


class ChooseDue(CallbackData, prefix="kl"):
    """``adding``: the item has just been added, so that its planned result is asked for next."""

    item_id: int
    adding: bool


class SetDue(CallbackData, prefix="km"):
    """``day`` is empty for an item without a day."""

    item_id: int
    day: str
    adding: bool


class WritePlanned(CallbackData, prefix="kn"):
    item_id: int


class ChangePlanItem(CallbackData, prefix="ko"):
    item_id: int


class DropPlanItem(CallbackData, prefix="kp"):
    item_id: int


class RestorePlanItem(CallbackData, prefix="kq"):
    item_id: int


class TellResult(CallbackData, prefix="kr"):
    item_id: int


class ResultWithoutWords(CallbackData, prefix="ks"):
    item_id: int


class MarkPlanItem(CallbackData, prefix="kt"):
    """``mark``: a word of `mentoring.rules.plans.ItemState`."""

    item_id: int
    mark: str


class SendPlan(CallbackData, prefix="ku"):
    pair_id: int


class WriteNote(CallbackData, prefix="kv"):
    """``key``: of the explanatory note's paragraph in the template."""

    pair_id: int
    key: str


class ShowNotes(CallbackData, prefix="kw"):
    pair_id: int


class ChooseTerm(CallbackData, prefix="kx"):
    pair_id: int


class SetTerm(CallbackData, prefix="ky"):
    pair_id: int
    day: str
