"""The curator writes the next version: everything is kept as it goes, and only a sound one is published."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.rules.errors import DefinitionBroken, NotFound, TextEmpty, TextTooLong
from mentoring.rules.people import Actor
from mentoring.rules.questions import editing
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.editing import HeadEdit, QuestionEdit
from mentoring.rules.questions.flaws import flaws_of
from mentoring.rules.questions.parsing import TITLE_LIMIT, parse_definition
from mentoring.use_cases.accounts import require_curator
from mentoring.use_cases.audit import record
from mentoring.use_cases.draft_views import DraftView as DraftView
from mentoring.use_cases.draft_views import draft_row, published_definitions
from mentoring.use_cases.draft_views import draft_view as draft_view
from mentoring.use_cases.questionnaire_library import published_definition, questionnaire_of
from mentoring.use_cases.questionnaire_versions import Published, digest_of, latest_published, next_number
from storage.models.questionnaire import Questionnaire, QuestionnaireVersion

RESERVED_KEYS = frozenset({"new", "upload"})  # addresses of the panel
SUBJECT_OF_USE = {
    "entry": "enrolment",
    "training": "enrolment",
    "preferences": "enrolment",
    "feedback": "meeting",
    "pulse": "pair",
    "survey": "pair",
}


def new_questionnaire(session: Session, title: str, *, role: str, use: str, by: Actor, now: datetime) -> str:
    """A draft without questions; its key."""
    subject = SUBJECT_OF_USE.get(use, "person")
    head = {"role": role, "source": "ours", "minutes": 1, "use": use, "subject": subject, "question": []}
    return _drafted_anew(session, title, head, by, now)


def copy_questionnaire(session: Session, key: str, title: str, *, by: Actor, now: datetime) -> str:
    """A questionnaire of its own with the same questions, as a draft; its key."""
    _, raw = published_definition(session, key)
    return _drafted_anew(session, title, raw, by, now)


def open_draft(session: Session, key: str, *, by: Actor, now: datetime) -> DraftView:
    """Makes the draft of the next version, or goes on with the one there is."""
    require_curator(session, by)
    questionnaire = questionnaire_of(session, key, lock=True)
    if draft_row(session, questionnaire.id) is None:
        latest = latest_published(session, questionnaire.id)
        assert latest is not None  # a questionnaire without a draft was published
        put_draft(session, questionnaire, latest.definition, by=by, now=now)
    return draft_view(session, key)


def save_head(session: Session, key: str, edit: HeadEdit, *, by: Actor, now: datetime) -> DraftView:
    """Whom it asks and about what is settled by the first publication; a copy may be for others."""

    def changed(raw: dict[str, Any]) -> dict[str, Any]:
        new = editing.edited_head(raw, edit)
        settled = ("role", "use", "subject", "form", "moment") if _was_published(session, key) else ()
        kept = {name: value for name, value in new.items() if name not in settled}
        return kept | {name: raw[name] for name in settled if name in raw}

    return _change(session, key, changed, by, now)


def add_question(session: Session, key: str, kind: str, text: str, *, after: str = "", by: Actor, now: datetime) -> str:
    """The new question's key."""
    taken, made = _ever_used(session, key), []

    def changed(raw: dict[str, Any]) -> dict[str, Any]:
        new, question = editing.added_question(raw, kind, " ".join(text.split()), after=after, taken=taken)
        made.append(question)
        return new

    _change(session, key, changed, by, now)
    return made[0]


def save_question(
    session: Session, key: str, question: str, edit: QuestionEdit, *, by: Actor, now: datetime
) -> DraftView:
    used = _values_ever_used(session, key, question)
    return _change(session, key, lambda raw: editing.edited_question(raw, question, edit, used_values=used), by, now)


def move_question(session: Session, key: str, question: str, step: int, *, by: Actor, now: datetime) -> DraftView:
    """``step``: -1 up, 1 down."""
    return _change(session, key, lambda raw: editing.moved_question(raw, question, step), by, now)


def remove_question(session: Session, key: str, question: str, *, by: Actor, now: datetime) -> DraftView:
    return _change(session, key, lambda raw: editing.without_question(raw, question), by, now)


def return_question(session: Session, key: str, question: str, *, by: Actor, now: datetime) -> DraftView:
    """One that the published version has, back to the end."""
    removed = {one["key"]: one for one in draft_view(session, key).removed}
    if question not in removed:
        raise NotFound("question")
    return _change(session, key, lambda raw: editing.returned_question(raw, removed[question]), by, now)


def drop_draft(session: Session, key: str, *, by: Actor, now: datetime) -> bool:
    """Whether the questionnaire is still there: one that was never published goes with its draft."""
    require_curator(session, by)
    questionnaire = questionnaire_of(session, key, lock=True)
    draft = draft_row(session, questionnaire.id)
    if draft is not None:
        record(session, "questionnaire.draft_dropped", questionnaire, by=by, now=now, key=key)
        session.delete(draft)
        session.flush()
    if latest_published(session, questionnaire.id) is not None:
        return True
    session.delete(questionnaire)
    return False


def publish_draft(session: Session, key: str, *, by: Actor, now: datetime) -> Published:
    """For those who begin from now on. Raises DefinitionBroken with the first flaw; the draft stays.

    A draft that says the same as the published version goes away and changes nothing.
    """
    require_curator(session, by)
    questionnaire = questionnaire_of(session, key, lock=True)
    draft = draft_row(session, questionnaire.id)
    if draft is None:
        raise NotFound("draft")
    definition = _sound(session, questionnaire.id, draft.definition)
    latest, digest = latest_published(session, questionnaire.id), digest_of(draft.definition)
    if latest is not None and parse_definition(latest.definition) == definition:
        session.delete(draft)
        return Published(questionnaire.id, latest.id, latest.number, changed=False)
    if latest is not None and latest.number > draft.number:
        draft.number = next_number(session, questionnaire.id)
    draft.digest, draft.published_at, questionnaire.title = digest, now, definition.title
    session.flush()
    record(session, "questionnaire.published", draft, by=by, now=now, key=key, number=draft.number)
    return Published(questionnaire.id, draft.id, draft.number, changed=True)


def put_draft(session: Session, questionnaire: Questionnaire, raw: dict[str, Any], *, by: Actor, now: datetime) -> None:
    """The draft becomes ``raw``, whether there was one or not."""
    draft = draft_row(session, questionnaire.id)
    if draft is None:
        number = next_number(session, questionnaire.id)
        draft = QuestionnaireVersion(questionnaire_id=questionnaire.id, number=number, digest="")
        record(session, "questionnaire.drafted", questionnaire, by=by, now=now, key=questionnaire.key)
    draft.definition, draft.edited_at = raw, now
    draft.edited_by_account_id = by.account_id
    session.add(draft)
    session.flush()


def put_new_draft(session: Session, raw: dict[str, Any], *, by: Actor, now: datetime) -> None:
    """A questionnaire that the organisation has not had."""
    questionnaire = Questionnaire(key=raw["key"], title=raw["title"])
    session.add(questionnaire)
    session.flush()
    put_draft(session, questionnaire, raw, by=by, now=now)


def has_draft(session: Session, questionnaire_id: int) -> bool:
    return draft_row(session, questionnaire_id) is not None


def _drafted_anew(session: Session, title: str, head: dict[str, Any], by: Actor, now: datetime) -> str:
    require_curator(session, by)
    title = _title(title)
    taken = RESERVED_KEYS | set(session.scalars(select(Questionnaire.key)))
    key = editing.new_key(title, taken)
    put_new_draft(session, {**head, "key": key, "title": title}, by=by, now=now)
    return key


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise TextEmpty("title")
    if len(title) > TITLE_LIMIT:
        raise TextTooLong("title", TITLE_LIMIT, len(title))
    return title


Change = Callable[[dict[str, Any]], dict[str, Any]]


def _change(session: Session, key: str, change: Change, by: Actor, now: datetime) -> DraftView:
    require_curator(session, by)
    questionnaire = questionnaire_of(session, key, lock=True)
    draft = draft_row(session, questionnaire.id)
    if draft is None:
        raise NotFound("draft")
    changed = change(draft.definition)
    if changed != draft.definition:
        put_draft(session, questionnaire, changed, by=by, now=now)
        if not _was_published(session, key) and str(changed.get("title", "")).strip():
            questionnaire.title = str(changed["title"])[:TITLE_LIMIT]
    return draft_view(session, key)


def _sound(session: Session, questionnaire_id: int, raw: dict[str, Any]) -> Definition:
    flaws = flaws_of(raw, [definition for _, definition in published_definitions(session, questionnaire_id)])
    if flaws:
        raise DefinitionBroken(flaws[0].place, flaws[0].reason)
    return parse_definition(raw)


def _was_published(session: Session, key: str) -> bool:
    return latest_published(session, questionnaire_of(session, key).id) is not None


def _ever_used(session: Session, key: str) -> frozenset[str]:
    published = published_definitions(session, questionnaire_of(session, key).id)
    return frozenset(question.key for _, one in published for question in one.questions)


def _values_ever_used(session: Session, key: str, question: str) -> Collection[str]:
    found = [one.question(question) for _, one in published_definitions(session, questionnaire_of(session, key).id)]
    return {option.value for one in found if one for option in one.options}
