"""The cast of the product's demo as rows, each in the state a test needs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.accounts import AccountRole
from mentoring.rules.consents import ConsentGap, ConsentKind, Decision, needed_consents
from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.meetings import MeetingState
from mentoring.rules.pairs import PairState
from mentoring.rules.people import Actor, AgeGroup, Door, PersonKind, Role
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES, ResponseState
from mentoring.rules.reminders import NoticeKind
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, propose_group, propose_pair
from storage.models.account import AuditEntry, CuratorAccount
from storage.models.consent import Consent, ConsentText
from storage.models.document import Document
from storage.models.meeting import Meeting
from storage.models.notice import Notice
from storage.models.organisation import Organisation, Programme
from storage.models.pair import Pair, PairMember
from storage.models.person import ChannelAccount, Enrolment, Guardianship, Person
from storage.models.questionnaire import Answer, Questionnaire, QuestionnaireVersion, Response
from storage.scope import set_organisation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # Monday noon in Moscow

ANNA = ("Лебедева", "Анна", "Сергеевна", PersonKind.TEACHER, AgeGroup.ADULT, "учитель физики")
OLEG = ("Титов", "Олег", "", PersonKind.PUPIL, AgeGroup.FROM_14_TO_17, "11 «А»")
IGOR = ("Ветров", "Игорь", "Павлович", PersonKind.SPECIALIST, AgeGroup.ADULT, "инженер, завод «Прибор»")
MILA = ("Крылова", "Мила", "", PersonKind.PUPIL, AgeGroup.UNDER_14, "7 «Б»")
TIMUR = ("Асланов", "Тимур", "", PersonKind.PUPIL, AgeGroup.FROM_14_TO_17, "10 «А»")
DARYA = ("Соколова", "Дарья", "Игоревна", PersonKind.TEACHER, AgeGroup.ADULT, "учитель английского")
VERA = ("Крылова", "Вера", "Андреевна", PersonKind.PARENT, AgeGroup.ADULT, "")

Sketch = tuple[str, str, str, PersonKind, AgeGroup, str]

ENTRY: dict[str, Any] = {
    "question": [
        {
            "key": "topics",
            "kind": "several_of",
            "matching": "topics",
            "options": [{"value": "study", "label": "Учёба"}, {"value": "projects", "label": "Проекты"}],
        },
        {"key": "days", "kind": "slots"},
        {"key": "parts", "kind": "several_of", "matching": "day_parts"},
        {"key": "experience", "kind": "long_text", "matching": "experience"},
        {"key": "goal", "kind": "long_text", "matching": "wish"},
    ]
}


@dataclass(slots=True)
class School:
    session: Session
    organisation: Organisation
    programme: Programme
    account: CuratorAccount
    curator: Actor

    def person(self, sketch: Sketch, *, chat: bool = True) -> Person:
        last, first, patronymic, kind, age_group, place = sketch
        person = self._add(
            Person(
                last_name=last,
                first_name=first,
                patronymic=patronymic,
                kind=kind,
                age_group=age_group,
                place=place,
                search_text=f"{last} {first}".casefold(),
                nameless=False,
                missing_consents=ConsentGap.NONE,
                created_at=NOW,
            )
        )
        if chat:
            self.chat(person)
        return person

    def chat(self, person: Person) -> ChannelAccount:
        return self._add(
            ChannelAccount(person_id=person.id, channel="telegram", external_id=str(1000 + person.id), linked_at=NOW)
        )

    def enrol(
        self,
        sketch: Sketch,
        role: Role,
        *,
        capacity: int = 1,
        status: EnrolmentStatus = EnrolmentStatus.APPROVED,
        consents: bool = True,
        chat: bool = True,
        person: Person | None = None,
        since: datetime = NOW,
    ) -> Enrolment:
        person = person or self.person(sketch, chat=chat)
        if consents:
            self.consent(person)
        else:
            person.missing_consents = ConsentGap.SELF if sketch[4] is AgeGroup.ADULT else ConsentGap.GUARDIAN
        return self._add(
            Enrolment(
                programme_id=self.programme.id,
                person_id=person.id,
                role=role,
                capacity=capacity,
                status=status,
                status_at=since,
                created_at=since,
            )
        )

    def consent(self, person: Person, decision: Decision = Decision.GIVEN) -> None:
        for need in needed_consents(AgeGroup(person.age_group)):
            self.session.add(self._consent(person, need.kind, decision))
        self.session.flush()

    def guardian(self, minor: Person, sketch: Sketch = VERA) -> Person:
        guardian = self.person(sketch)
        self._add(Guardianship(guardian_id=guardian.id, minor_id=minor.id, created_at=NOW))
        return guardian

    def says(self, enrolment: Enrolment, **answers: Any) -> Response:
        return self.response(
            enrolment.person_id, ENTRY_QUESTIONNAIRES[enrolment.role], answers, enrolment_id=enrolment.id
        )

    def feedback(self, meeting: Meeting, person_id: int, key: str, **answers: Any) -> Response:
        return self.response(person_id, key, answers, meeting_id=meeting.id)

    def response(
        self,
        person_id: int,
        key: str,
        answers: dict[str, Any],
        *,
        state: ResponseState = ResponseState.SUBMITTED,
        at: datetime = NOW,
        **subject: int,
    ) -> Response:
        version = self._version(key)
        return self._add(
            Response(
                person_id=person_id,
                questionnaire_id=version.questionnaire_id,
                version_id=version.id,
                state=state,
                started_at=at,
                touched_at=at,
                submitted_at=at if state is ResponseState.SUBMITTED else None,
                answers=[
                    Answer(organisation_id=self.organisation.id, key=name, value=value, answered_at=at)
                    for name, value in answers.items()
                ],
                **subject,
            )
        )

    def questionnaire(self, key: str, definition: dict[str, Any]) -> QuestionnaireVersion:
        questionnaire = self._add(Questionnaire(key=key, title=key))
        version: QuestionnaireVersion = self._add(
            QuestionnaireVersion(
                questionnaire_id=questionnaire.id, number=1, definition=definition, digest="", published_at=NOW
            )
        )
        return version

    def proposed(self, mentor: Enrolment, mentee: Enrolment, *, at: datetime = NOW) -> int:
        return propose_pair(self.session, mentor.id, mentee.id, by=self.curator, now=at).pair_id

    def agreed(self, mentor: Enrolment, mentee: Enrolment, *, at: datetime = NOW) -> int:
        pair_id = self.proposed(mentor, mentee, at=at)
        for enrolment in (mentor, mentee):
            by = Actor.person(enrolment.person_id)
            answer_proposal(self.session, pair_id, enrolment.person_id, True, by=by, now=at)
        return pair_id

    def group(self, mentor: Enrolment, *mentees: Enrolment, at: datetime = NOW) -> int:
        """All have said yes; the curator has not decided yet."""
        ids = [mentee.id for mentee in mentees]
        pair_id = propose_group(self.session, mentor.id, ids, by=self.curator, now=at).pair_id
        for enrolment in (mentor, *mentees):
            by = Actor.person(enrolment.person_id)
            answer_proposal(self.session, pair_id, enrolment.person_id, True, by=by, now=at)
        return pair_id

    def paired(self, mentor: Enrolment, mentee: Enrolment, *, at: datetime = NOW) -> int:
        pair_id = self.agreed(mentor, mentee, at=at)
        confirm_pair(self.session, pair_id, by=self.curator, now=at)
        return pair_id

    def order(self, number: str) -> int:
        """On pairs, signed."""
        made = Document(
            programme_id=self.programme.id,
            kind=DocumentKind.ORDER_PAIRS,
            state=DocumentState.SIGNED,
            register="orders:2026",
            number=number,
            dated_on=NOW.date(),
            choices={},
            created_at=NOW,
        )
        return int(self._add(made).id)

    def pair(self, pair_id: int) -> Pair:
        return self.session.get_one(Pair, pair_id)

    def meeting(self, meeting_id: int) -> Meeting:
        return self.session.get_one(Meeting, meeting_id)

    def held(self, pair_id: int, at: datetime) -> Meeting:
        return self.session.scalars(
            select(Meeting).where(
                Meeting.pair_id == pair_id, Meeting.starts_at == at, Meeting.state == MeetingState.HELD
            )
        ).one()

    def notices(self, kind: NoticeKind | None = None) -> list[Notice]:
        found = select(Notice).order_by(Notice.id)
        return list(self.session.scalars(found.where(Notice.kind == kind) if kind else found))

    def told(self, kind: NoticeKind) -> list[int]:
        return [notice.person_id for notice in self.notices(kind)]

    def acts(self, kind: str) -> list[str]:
        entries = select(AuditEntry.act).where(AuditEntry.object_kind == kind).order_by(AuditEntry.id)
        return list(self.session.scalars(entries))

    def member(self, pair_id: int, role: Role) -> PairMember:
        return next(member for member in self.pair(pair_id).members if member.role is role)

    def set_state(self, pair_id: int, state: PairState) -> None:
        self.pair(pair_id).state = state
        self.session.flush()

    def _consent(self, person: Person, kind: ConsentKind, decision: Decision) -> Consent:
        return Consent(
            organisation_id=self.organisation.id,
            person_id=person.id,
            given_by_id=person.id,
            text_id=self._text(kind).id,
            kind=kind,
            decision=decision,
            door=Door.CHAT,
            decided_at=NOW,
        )

    def _text(self, kind: ConsentKind) -> ConsentText:
        found = self.session.scalar(select(ConsentText).where(ConsentText.kind == kind))
        return found or self._add(
            ConsentText(kind=kind, version=1, title="Согласие", summary="", body="", digest="", published_at=NOW)
        )

    def _version(self, key: str) -> QuestionnaireVersion:
        found = self.session.scalar(select(QuestionnaireVersion).join(Questionnaire).where(Questionnaire.key == key))
        if found:
            return found
        return self.questionnaire(key, ENTRY)

    def _add(self, row: Any) -> Any:
        row.organisation_id = self.organisation.id
        self.session.add(row)
        self.session.flush()
        return row


def open_school(session: Session, name: str = "Гимназия «Маяк»", login: str = "zimina") -> School:
    """Fences the session in."""
    organisation = Organisation(name=name, short_name=name, time_zone="Europe/Moscow", created_at=NOW)
    session.add(organisation)
    session.flush()
    set_organisation(session, organisation.id)
    programme = Programme(
        organisation_id=organisation.id,
        name="Наставничество",
        school_year="2026/2027",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 8, 31),
    )
    account = CuratorAccount(
        organisation_id=organisation.id,
        login=login,
        password_hash="",
        full_name="Ольга Викторовна Зимина",
        role=AccountRole.CURATOR,
        created_at=NOW,
    )
    session.add_all([programme, account])
    session.flush()
    return School(session, organisation, programme, account, Actor.curator(account.id))


def days(count: float) -> timedelta:
    return timedelta(days=count)
