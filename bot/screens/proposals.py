"""A proposal of a pair or a group, and the answer to it."""

from collections.abc import Iterable, Mapping

from aiogram.types import InlineKeyboardButton

from bot import callbacks as act
from bot.keyboards import button, column, keyboard, menu_row, row
from bot.screen import Screen
from bot.texts import buttons
from bot.texts import pairs as words
from bot.texts.wording import Markup, fill, lines, moment, paragraphs
from mentoring.rules.pairs import DeclineReason, PairAnswer, PairState
from mentoring.rules.people import PersonKind, Role, listed
from mentoring.use_cases.pair_views import ProposalView, Sketch

TOPICS_SHOWN = 3
SLOTS_SHOWN = 3


def proposal(seen: ProposalView, zone: str) -> Screen:
    if not _open(seen):
        return Screen(_already(seen), keyboard(menu_row()))
    return Screen(proposal_text(seen, zone), keyboard(*proposal_rows(seen.pair_id, seen.role)))


def proposal_text(seen: ProposalView, zone: str) -> str:
    return paragraphs(
        _title_of_proposal(seen),
        _sketches(seen),
        fit(seen.shared_slots, of_all=len(seen.others) + seen.fellows > 1),
        fill(words.REASONS, reasons=seen.reasons) if seen.reasons else "",
        lines(
            _name_later(seen),
            fill(words.ANSWER_BY, at=moment(seen.answer_by, zone)) if seen.answer_by else "",
        ),
        words.ASK,
    )


def proposal_rows(pair_id: int, role: Role) -> list[list[InlineKeyboardButton]]:
    accept = act.AcceptProposal(pair_id=pair_id)
    decline = act.AskDeclineReason(pair_id=pair_id)
    if role is Role.MENTOR:
        return [row(button(buttons.ACCEPT, accept)), row(button(buttons.CANNOT, decline))]
    return [row(button(buttons.SUITS, accept)), row(button(buttons.NOT_SUITABLE, decline))]


def decline_reasons(seen: ProposalView) -> Screen:
    if not _open(seen):
        return Screen(_already(seen), keyboard(menu_row()))
    reasons = [
        button(label, act.DeclineProposal(pair_id=seen.pair_id, reason=reason))
        for reason, label in words.DECLINE_REASONS[seen.role].items()
    ]
    reasons.append(button(words.OTHER_REASON, act.WriteDeclineReason(pair_id=seen.pair_id)))
    back = button(buttons.BACK, act.ShowProposal(pair_id=seen.pair_id))
    return Screen(words.DECLINE_ASK, keyboard(*column(reasons), row(back)))


def write_decline_reason(pair_id: int) -> Screen:
    without = button(buttons.WITHOUT_WORDS, act.DeclineProposal(pair_id=pair_id, reason=DeclineReason.OTHER))
    back = button(buttons.BACK, act.AskDeclineReason(pair_id=pair_id))
    return Screen(words.DECLINE_WRITE, keyboard(row(without), row(back)))


def accepted(role: Role) -> Screen:
    return Screen(words.ACCEPTED[role], keyboard(menu_row()))


def declined(role: Role) -> Screen:
    more = button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())
    return Screen(words.DECLINED[role], keyboard(row(more), menu_row()))


def fit(slots: Iterable[str], *, of_all: bool = False) -> str:
    """«Свободное время совпадает с вашим: по вторникам вечером»."""
    named = [_slot(slot) for slot in slots][:SLOTS_SHOWN]
    return fill(words.SLOTS_OF_ALL if of_all else words.SLOTS, slots=", ".join(named)) if named else ""


def _already(seen: ProposalView) -> str:
    """In a group one answers before the other, and one says no while the others go on."""
    if seen.taken_out:
        declined = seen.my_answer is PairAnswer.DECLINED
        return words.DECLINED[seen.role] if declined else words.ALREADY[PairState.WITHDRAWN]
    mentee_waits = seen.role is Role.MENTEE and seen.state is PairState.ASKED_MENTEE
    return words.WAITING_FOR_OTHERS if mentee_waits else words.ALREADY[seen.state]


def _open(seen: ProposalView) -> bool:
    asked = {Role.MENTOR: PairState.ASKED_MENTOR, Role.MENTEE: PairState.ASKED_MENTEE}[seen.role]
    return seen.my_answer is PairAnswer.WAITING and seen.state is asked and not seen.taken_out


def _title_of_proposal(seen: ProposalView) -> str:
    if seen.role is Role.MENTEE:
        how_many = words.HOW_MANY.get(seen.fellows + 1)
        group = fill(words.GROUP_TO_MENTEE, how_many=how_many) if how_many else ""
        return paragraphs(words.PROPOSAL_TO_MENTEE, group)
    if seen.group:
        joining = words.PAIR_TO_GROUP if len(seen.group) == 1 else words.JOINING_TO_MENTOR
        return fill(joining, names=listed(seen.group))
    several = words.HOW_MANY.get(len(seen.others))
    return fill(words.GROUP_TO_MENTOR, how_many=several) if several else words.PROPOSAL_TO_MENTOR


def _sketches(seen: ProposalView) -> str:
    if len(seen.others) == 1:
        return _sketch(seen.others[0], seen.role)
    said = (_sketch_among(one) for one in seen.others)
    return paragraphs(*(fill(words.NUMBERED, number=place, said=one) for place, one in enumerate(said, start=1)))


def _sketch(one: Sketch, to: Role) -> Markup:
    who = words.WHO_MENTOR.get(one.kind or "", "") if to is Role.MENTEE else _who(one, words.WHO)
    return paragraphs(
        lines(who, _topics(one, words.TOPICS_MENTEE if to is Role.MENTOR else words.TOPICS_MENTOR)),
        fill(words.WISH, wish=one.wish) if one.wish else "",
        fill(words.EXPERIENCE, experience=one.experience) if one.experience else "",
    )


def _sketch_among(one: Sketch) -> Markup:
    wish = fill(words.WISH, wish=one.wish) if one.wish else ""
    return lines(_who(one, words.WHO_IN_GROUP), _topics(one, words.TOPICS_MENTEE), wish)


def _who(one: Sketch, said: Mapping[str, str]) -> str:
    if one.kind is PersonKind.PUPIL and one.age_group is None:
        return words.WHO_PUPIL_UNKNOWN_AGE if said is words.WHO else words.WHO_IN_GROUP_UNKNOWN_AGE
    return said.get(one.kind or "", "").format(age=words.AGE.get(one.age_group or "", ""))


def _topics(one: Sketch, template: str) -> str:
    topics = ", ".join(_inside_sentence(topic) for topic in one.topics[:TOPICS_SHOWN])
    return fill(template, topics=topics) if topics else ""


def _name_later(seen: ProposalView) -> str:
    if seen.role is Role.MENTEE:
        return words.NAME_LATER_MENTEE
    return words.NAME_LATER_MENTOR if len(seen.others) == 1 else words.NAMES_LATER_MENTOR


def _inside_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


def _slot(value: str) -> str:
    """«tue_evening» or «tue»."""
    weekday, _, part = value.partition("_")
    return " ".join(word for word in (words.WEEKDAYS.get(weekday, ""), words.PARTS.get(part, "")) if word)
