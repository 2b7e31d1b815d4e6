"""The papers say the same from the other database."""

from datetime import timedelta

import pytest

from config.library import questionnaire_definitions
from mentoring.rules.document_fields_papers import SUBJECTS
from mentoring.rules.documents import DocumentKind, is_order
from mentoring.rules.meetings import MeetingKind
from mentoring.rules.people import Actor, Role
from mentoring.use_cases.document_drafts import new_document
from mentoring.use_cases.document_facts import facts_of
from mentoring.use_cases.meeting_outcomes import log_meeting
from mentoring.use_cases.questionnaire_versions import publish_absent
from storage.database import SyncDatabase
from storage.models.document import Document
from storage.tables import Base
from tests.use_cases.school import ANNA, DARYA, MILA, NOW, OLEG, open_school


def all_papers(database: SyncDatabase) -> dict[str, object]:
    with database.writers() as session:
        school = open_school(session)
        asked = [one for key, one in questionnaire_definitions().items() if key in ("feedback_mentor", "swot")]
        publish_absent(session, asked, by=Actor.system(), now=NOW)
        mentor = school.enrol(OLEG, Role.MENTOR)
        pair_id = school.paired(mentor, school.enrol(MILA, Role.MENTEE), at=NOW - timedelta(days=30))
        school.paired(school.enrol(ANNA, Role.MENTOR), school.enrol(DARYA, Role.MENTEE))
        held = log_meeting(
            session, pair_id, held_at=NOW - timedelta(days=7), kind=MeetingKind.REGULAR, by=school.curator, now=NOW
        )
        meeting = school.meeting(held.meeting_id)
        school.feedback(meeting, mentor.person_id, "feedback_mentor", difficulty="time", note="Решили задачи")
        subjects = {"pair": {"pair_id": pair_id}, "person": {"person_id": mentor.person_id}}
        said = {}
        for kind in (one for one in DocumentKind if not is_order(one)):
            of = subjects.get(SUBJECTS.get(kind, ""), {})
            if kind in (DocumentKind.CERTIFICATE, DocumentKind.GRATITUDE):
                of = subjects["person"]
            begun = new_document(session, kind, by=school.curator, now=NOW, **of)
            said[kind.value] = facts_of(session, session.get_one(Document, begun.document_id), now=NOW)
        return said


@pytest.mark.postgres
def test_papers_of_both_databases_say_the_same(postgres_url: str, store: SyncDatabase) -> None:
    server = SyncDatabase(postgres_url)
    Base.metadata.create_all(server.writing)
    try:
        ours, theirs = all_papers(store), all_papers(server)
    finally:
        server.close()
    assert list(ours) == list(theirs)
    for kind, facts in ours.items():
        assert theirs[kind] == facts, kind
