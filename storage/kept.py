"""What lists say of pairs and meetings, worked out anew in the transaction that moves a row behind it: see ADR 24."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, event, func, inspect, select, update

from storage.models.document import DocumentLine
from storage.models.meeting import Meeting
from storage.models.pair import Pair, PairMember
from storage.models.person import Person
from storage.models.selection import LabourAgreement
from storage.queries.documents import changed_since_order
from storage.queries.labour_pairs import lacks_labour_consent
from storage.queries.pairs import was_there


def keep_pairs(connection: Connection, which: ColumnElement[bool]) -> None:
    said = {"order_outdated": changed_since_order(), "labour_gap": lacks_labour_consent()}
    connection.execute(update(Pair).where(which).values(said))


def keep_meetings(connection: Connection, which: ColumnElement[bool]) -> None:
    connection.execute(update(Meeting).where(which).values(expected=people_there()))


def people_there() -> Any:
    """How many should tell of the meeting: who was in the pair then."""
    there = select(func.count()).select_from(PairMember).join(Pair, Pair.id == PairMember.pair_id)
    return there.where(PairMember.pair_id == Meeting.pair_id, was_there(Meeting.starts_at)).scalar_subquery()


@event.listens_for(Pair, "after_update")
def _pair_moved(_: Any, connection: Connection, pair: Pair) -> None:
    if _moved(pair, "state", "order_id", "form"):
        keep_pairs(connection, Pair.id == pair.id)
    if _moved(pair, "started_at"):
        keep_meetings(connection, Meeting.pair_id == pair.id)


@event.listens_for(PairMember, "after_insert")
@event.listens_for(PairMember, "after_update")
def _member_moved(_: Any, connection: Connection, member: PairMember) -> None:
    if _moved(member, "pair_id", "left_at"):
        keep_pairs(connection, Pair.id == member.pair_id)
    if _moved(member, "pair_id", "joined_at", "left_at"):
        keep_meetings(connection, Meeting.pair_id == member.pair_id)


@event.listens_for(Meeting, "after_insert")
@event.listens_for(Meeting, "after_update")
def _meeting_moved(_: Any, connection: Connection, meeting: Meeting) -> None:
    if _moved(meeting, "pair_id", "starts_at"):
        keep_meetings(connection, Meeting.id == meeting.id)


@event.listens_for(DocumentLine, "after_insert")
def _ordered(_: Any, connection: Connection, line: DocumentLine) -> None:
    if line.pair_id is not None:
        keep_pairs(connection, Pair.id == line.pair_id)


@event.listens_for(LabourAgreement, "after_insert")
@event.listens_for(LabourAgreement, "after_update")
def _agreed(_: Any, connection: Connection, agreement: LabourAgreement) -> None:
    theirs = select(PairMember.pair_id).where(PairMember.enrolment_id == agreement.enrolment_id)
    keep_pairs(connection, Pair.id.in_(theirs))


@event.listens_for(Person, "after_update")
def _works(_: Any, connection: Connection, person: Person) -> None:
    if _moved(person, "kind"):
        keep_pairs(connection, Pair.id.in_(select(PairMember.pair_id).where(PairMember.person_id == person.id)))


def _moved(row: object, *names: str) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in names)
