"""A proposal, the answer to it, and the pair."""

from collections.abc import Iterable, Sequence

from aiogram.types import InlineKeyboardButton

from bot import callbacks as act
from bot.keyboards import button, column, keyboard, menu_row, only, row
from bot.screen import Screen
from bot.texts import buttons
from bot.texts import pairs as words
from bot.texts.wording import Markup, day, fill, lines, local_day, moment, paragraphs, plural
from mentoring.rules.errors import OutOfDate
from mentoring.rules.pairs import DeclineReason, PairAnswer, PairState
from mentoring.rules.people import PersonKind, Role
from mentoring.use_cases.pair_views import PairView, PersonSeen, ProposalView

TOPICS_SHOWN = 3
SLOTS_SHOWN = 3


def proposal(seen: ProposalView, zone: str) -> Screen:
    if not _open(seen):
        return Screen(words.ALREADY[seen.state], keyboard(menu_row()))
    return Screen(proposal_text(seen, zone), keyboard(*proposal_rows(seen.pair_id, seen.role)))


def proposal_text(seen: ProposalView, zone: str) -> str:
    to_mentor = seen.role is Role.MENTOR
    return paragraphs(
        words.PROPOSAL_TO_MENTOR if to_mentor else words.PROPOSAL_TO_MENTEE,
        lines(_who(seen), _topics(seen), fit(seen.shared_slots)),
        fill(words.WISH, wish=seen.wish) if seen.wish else "",
        fill(words.EXPERIENCE, experience=seen.experience) if seen.experience else "",
        fill(words.REASONS, reasons=seen.reasons) if seen.reasons else "",
        lines(
            words.NAME_LATER_MENTOR if to_mentor else words.NAME_LATER_MENTEE,
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
        return Screen(words.ALREADY[seen.state], keyboard(menu_row()))
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


def pairs(found: Sequence[PairView], zone: str) -> Screen:
    """One pair is shown at once; of several, one is chosen."""
    if len(found) == 1:
        return pair(found[0], zone)
    if not found:
        return Screen(words.NO_PAIRS, keyboard(row(button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())), menu_row()))
    chosen = [button(one.other.full_name, act.ShowPair(pair_id=one.pair_id)) for one in found]
    return Screen(words.CHOOSE_PAIR, keyboard(*column(chosen), menu_row()))


def among(found: Sequence[PairView], pair_id: int) -> PairView:
    """The pair whose button was pressed."""
    chosen = next((one for one in found if one.pair_id == pair_id), None)
    if chosen is None:
        raise OutOfDate("pair", PairState.ENDED)
    return chosen


def choose_for_meeting(found: Sequence[PairView]) -> Screen:
    chosen = [button(one.other.full_name, act.PlanMeeting(pair_id=one.pair_id)) for one in found]
    return Screen(words.CHOOSE_FOR_MEETING, keyboard(*column(chosen), menu_row()))


def pair(seen: PairView, zone: str) -> Screen:
    text = paragraphs(title(seen), lines(_since(seen, zone), _met(seen, zone), _next(seen, zone)))
    return Screen(text, keyboard(*pair_rows(seen), menu_row()))


def pair_rows(seen: PairView) -> list[list[InlineKeyboardButton]]:
    coming = seen.next_meeting
    plan = buttons.PLAN_MEETING if seen.meetings_held else buttons.PLAN_FIRST_MEETING
    return [
        only(coming, buttons.ABOUT_MEETING, act.ShowMeeting(meeting_id=coming.meeting_id if coming else 0)),
        only(not coming, plan, act.PlanMeeting(pair_id=seen.pair_id)),
        row(button(buttons.LOG_MEETING, act.LogMeeting(pair_id=seen.pair_id))),
        row(button(buttons.MEETINGS, act.ShowMyMeetings())),
    ]


def introduced(person: PersonSeen) -> Markup:
    if not person.place:
        return fill("{name}", name=person.full_name)
    return fill(words.WITH_PLACE, name=person.full_name, place=person.place)


def fit(slots: Iterable[str]) -> str:
    """«Свободное время совпадает с вашим: по вторникам вечером»."""
    named = [_slot(slot) for slot in slots][:SLOTS_SHOWN]
    return fill(words.SLOTS, slots=", ".join(named)) if named else ""


def _open(seen: ProposalView) -> bool:
    asked = {Role.MENTOR: PairState.ASKED_MENTOR, Role.MENTEE: PairState.ASKED_MENTEE}[seen.role]
    return seen.my_answer is PairAnswer.WAITING and seen.state is asked


def _who(seen: ProposalView) -> str:
    if seen.role is Role.MENTEE:
        return words.WHO_MENTOR.get(seen.other_kind or "", "")
    if seen.other_kind is PersonKind.PUPIL and seen.other_age_group is None:
        return words.WHO_PUPIL_UNKNOWN_AGE
    return words.WHO.get(seen.other_kind or "", "").format(age=words.AGE.get(seen.other_age_group or "", ""))


def _topics(seen: ProposalView) -> str:
    template = words.TOPICS_MENTEE if seen.role is Role.MENTOR else words.TOPICS_MENTOR
    topics = ", ".join(_inside_sentence(topic) for topic in seen.topics[:TOPICS_SHOWN])
    return fill(template, topics=topics) if topics else ""


def _inside_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


def _slot(value: str) -> str:
    """«tue_evening» or «tue»."""
    weekday, _, part = value.partition("_")
    return " ".join(word for word in (words.WEEKDAYS.get(weekday, ""), words.PARTS.get(part, "")) if word)


def title(seen: PairView) -> str:
    template = words.MENTOR_OF_MINE if seen.role is Role.MENTEE else words.MENTEE_OF_MINE
    return fill(template, name=introduced(seen.other))


def _since(seen: PairView, zone: str) -> str:
    return fill(words.TOGETHER_SINCE, day=day(local_day(seen.started_at, zone)))


def _met(seen: PairView, zone: str) -> str:
    if not seen.meetings_held:
        return words.NOT_MET_YET
    held = fill(words.MEETINGS_HELD, meetings=plural(seen.meetings_held, "встреча", "встречи", "встреч"))
    last = fill(words.LAST_MET, at=moment(seen.last_met_at, zone)) if seen.last_met_at else ""
    return f"{held} {last}"


def _next(seen: PairView, zone: str) -> str:
    if seen.next_meeting is None:
        return words.NO_NEXT if seen.meetings_held else ""
    return fill(words.NEXT_MEETING, at=moment(seen.next_meeting.starts_at, zone))
