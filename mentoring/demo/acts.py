"""What people do in the story, each through the door's own use-cases."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mentoring.demo.people import Answers, Player
from mentoring.rules.consents import ConsentKind, Decision, needed_consents
from mentoring.rules.meetings import PlaceKind
from mentoring.rules.people import Actor, Role
from mentoring.rules.questionnaire import Done, Picked, QuestionView, Raw, ScreenKind, Skipped, Toggled, Typed
from mentoring.use_cases.campaign_answers import begin_survey
from mentoring.use_cases.campaign_surveys import open_surveys
from mentoring.use_cases.consents import accept_paper_consent, consent_sheet, give_consent
from mentoring.use_cases.enrolment import approve_enrolment, choose_age_group
from mentoring.use_cases.invitations import InvitationOpened, invitation_links, open_invitation
from mentoring.use_cases.meeting_outcomes import log_meeting
from mentoring.use_cases.pairs import answer_proposal, confirm_pair, propose_pair, start_trial
from mentoring.use_cases.paper import enter_paper_answers
from mentoring.use_cases.people import add_person
from mentoring.use_cases.questionnaires import answer_question, current_step, start_response
from mentoring.use_cases.responses import submit_response
from storage.scope import fenced

TELEGRAM = "telegram"
ENTRY = {Role.MENTOR: "mentor_entry", Role.MENTEE: "mentee_request"}


class School:
    """The open organisation, its programme and the curator who acts for it."""

    def __init__(self, session: Session, organisation_id: int, programme_id: int, account_id: int) -> None:
        self.session, self.organisation_id, self.programme_id = session, organisation_id, programme_id
        self.curator = Actor.curator(account_id)

    def arrives(self, chat_id: str, role: Role, now: datetime) -> InvitationOpened:
        links = invitation_links(self.session, self.programme_id)
        token = links.mentor if role is Role.MENTOR else links.mentee
        return open_invitation(self.session, token, channel=TELEGRAM, external_id=chat_id, now=now)

    def joins(self, player: Player, now: datetime) -> int:
        """From the link to the sent questionnaire; the enrolment."""
        player = player.of_their_age(now.date())
        assert player.chat_id
        opened = self.arrives(player.chat_id, player.role, now)
        assert opened.enrolment_id
        with fenced(self.session, self.organisation_id):
            choose_age_group(
                self.session, opened.person_id, player.age_group, by=Actor.person(opened.person_id), now=now
            )
            self._consents(opened.person_id, player, now)
            response = start_response(
                self.session,
                ENTRY[player.role],
                person_id=opened.person_id,
                enrolment_id=opened.enrolment_id,
                by=Actor.person(opened.person_id),
                now=now,
            )
            self.answers(response.response_id, opened.person_id, player.form, now)
        return opened.enrolment_id

    def answers(self, response_id: int, person_id: int, form: Answers, now: datetime) -> None:
        """Tap through to the review page, and send."""
        by = Actor.person(person_id)
        screen = current_step(self.session, response_id, person_id=person_id)
        while screen.kind is ScreenKind.QUESTION:
            assert screen.question
            for raw in _taps(screen.question, form.get(screen.question.key)):
                screen = answer_question(self.session, response_id, screen.question.key, raw, by=by, now=now)
                if screen.question is None:
                    break
        submit_response(self.session, response_id, by=by, now=now)

    def comes_on_paper(self, player: Player, now: datetime) -> int:
        player = player.of_their_age(now.date())
        with fenced(self.session, self.organisation_id):
            added = add_person(
                self.session,
                self.programme_id,
                player.role,
                last_name=player.last_name,
                first_name=player.first_name,
                patronymic=player.patronymic,
                birth_date=player.born,
                by=self.curator,
                now=now,
            )
            self._consents(added.person_id, player, now)
            enter_paper_answers(
                self.session,
                ENTRY[player.role],
                player.form,
                person_id=added.person_id,
                enrolment_id=added.enrolment_id,
                by=self.curator,
                now=now,
            )
        return added.enrolment_id

    def approves(self, enrolment_id: int, now: datetime) -> None:
        with fenced(self.session, self.organisation_id):
            approve_enrolment(self.session, enrolment_id, by=self.curator, now=now)

    def pairs_up(
        self, mentor: int, mentee: int, people: tuple[int, int], reasons: str, now: datetime, *, trial: bool = False
    ) -> int:
        """Proposed, agreed by both a day later each; confirmed on the third day, or on trial since then."""
        with fenced(self.session, self.organisation_id):
            pair = propose_pair(self.session, mentor, mentee, reasons=reasons, by=self.curator, now=now)
            for day, person in enumerate(people, start=1):
                answer_proposal(
                    self.session,
                    pair.pair_id,
                    person,
                    True,
                    by=Actor.person(person),
                    now=now + timedelta(days=day),
                )
            decide = start_trial if trial else confirm_pair
            decide(self.session, pair.pair_id, by=self.curator, now=now + timedelta(days=3))
        return pair.pair_id

    def met(self, pair_id: int, held_at: datetime, topic: str) -> int:
        with fenced(self.session, self.organisation_id):
            logged = log_meeting(
                self.session,
                pair_id,
                held_at=held_at,
                place_kind=PlaceKind.ORGANISATION,
                topic=topic,
                by=self.curator,
                now=held_at + timedelta(hours=2),
            )
        return logged.meeting_id

    def tells(self, meeting_id: int, person_id: int, key: str, form: Answers, now: datetime) -> None:
        """Feedback after a meeting."""
        with fenced(self.session, self.organisation_id):
            screen = start_response(
                self.session, key, person_id=person_id, meeting_id=meeting_id, by=Actor.person(person_id), now=now
            )
            self.answers(screen.response_id, person_id, form, now)

    def answers_survey(self, person_id: int, form: Answers, now: datetime) -> None:
        """The most urgent of those that wait for this person."""
        with fenced(self.session, self.organisation_id):
            waiting = open_surveys(self.session, person_id, now=now)[0]
            screen = begin_survey(self.session, waiting.recipient_id, by=Actor.person(person_id), now=now)
            self.answers(screen.response_id, person_id, form, now)

    def _consents(self, person_id: int, player: Player, now: datetime) -> None:
        for need in needed_consents(player.age_group):
            if player.chat_id is None or need.kind is ConsentKind.GUARDIAN:
                self._paper_consent(person_id, need.kind, player, now)
            else:
                sheet = consent_sheet(self.session, person_id, need.kind)
                give_consent(
                    self.session,
                    sheet.text_id,
                    whose=person_id,
                    given_by=person_id,
                    decision=Decision.GIVEN,
                    evidence={"chat": player.chat_id},
                    by=Actor.person(person_id),
                    now=now,
                )

    def _paper_consent(self, person_id: int, kind: ConsentKind, player: Player, now: datetime) -> None:
        by_guardian = kind is ConsentKind.GUARDIAN
        accept_paper_consent(
            self.session,
            person_id,
            kind,
            given_by_name=player.guardian if by_guardian else "",
            relation=player.relation if by_guardian else "",
            signed_on=now.date(),
            by=self.curator,
            now=now,
        )


def _taps(question: QuestionView, answer: str | list[str] | None) -> list[Raw]:
    if answer is None:
        return [Skipped()]
    if question.several:
        return [*(Toggled(option, True) for option in answer), Done()]
    assert isinstance(answer, str)
    return [Picked(answer) if question.options else Typed(answer)]
