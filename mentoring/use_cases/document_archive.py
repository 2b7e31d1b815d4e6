"""Many papers at once: chosen documents, or one kind of paper for many pairs or people, in one ZIP."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.document_words import KINDS
from mentoring.documents import packed, render
from mentoring.rules.documents import DocumentKind, DocumentState
from mentoring.rules.errors import NothingOrdered, ValueWrong
from mentoring.rules.people import PersonName
from mentoring.use_cases.document_facts import facts_of
from mentoring.use_cases.document_templates import template_in_use
from mentoring.use_cases.documents import paper_file
from mentoring.use_cases.indicators import own_programme
from mentoring.use_cases.ordered_pairs import mentees_of
from storage.models.document import Document
from storage.models.pair import Pair
from storage.models.person import Person
from storage.queries.documents import pairs_to_print
from storage.scope import organisation_of

MOST = 100
"""Papers in one archive: more would keep the page waiting."""
LONGEST = 70
LARGEST = 60 * 1024 * 1024
"""Of all papers of an archive together, each of which may bear a letterhead with a logo."""

OF_PAIRS = (DocumentKind.PLAN, DocumentKind.AGREEMENT, DocumentKind.DIARY, DocumentKind.MENTOR_REPORT)


def archive_of(session: Session, document_ids: Sequence[int], *, now: datetime) -> bytes:
    """Drafts as they are now, signed papers as they were signed."""
    wanted = select(Document.id).where(Document.id.in_(document_ids), Document.state != DocumentState.VOID)
    ids = list(session.scalars(wanted.order_by(Document.dated_on, Document.id)))
    _ensure_few(ids)
    return packed(_unique(paper_file(session, one, now=now) for one in ids))


def set_for_pairs(session: Session, kind: DocumentKind, pair_ids: Sequence[int], *, now: datetime) -> bytes:
    """«План – Крылова М. – № 3.docx» for each pair; nothing is kept of it. Raises ValueWrong, NothingOrdered."""
    if kind not in OF_PAIRS:
        raise ValueWrong("kind")
    pairs = sorted(pairs_to_print(session, pair_ids), key=lambda pair: pair.id)
    _ensure_few(pairs)
    return packed(_unique(_papers_of_pairs(session, kind, pairs, now)))


def set_for_people(session: Session, kind: DocumentKind, person_ids: Sequence[int], *, now: datetime) -> bytes:
    if kind not in (DocumentKind.PORTFOLIO, DocumentKind.CERTIFICATE, DocumentKind.GRATITUDE):
        raise ValueWrong("kind")
    people = session.scalars(select(Person).where(Person.id.in_(person_ids)).order_by(Person.search_text)).all()
    _ensure_few(people)
    return packed(_unique(_papers_of_people(session, kind, people, now)))


def _papers_of_pairs(
    session: Session, kind: DocumentKind, pairs: Iterable[Pair], now: datetime
) -> Iterator[tuple[str, bytes]]:
    template = template_in_use(session, kind).body
    for place, pair in enumerate(pairs, start=1):
        who = _brief(", ".join(_short(one.person.name) for one in mentees_of(pair)))
        paper = _unkept(session, kind, now, pair_id=pair.id)
        yield f"{KINDS[kind].name} – {who} – № {place}", render(template, facts_of(session, paper, now=now))


def _papers_of_people(
    session: Session, kind: DocumentKind, people: Iterable[Person], now: datetime
) -> Iterator[tuple[str, bytes]]:
    template = template_in_use(session, kind).body
    for place, person in enumerate(people, start=1):
        paper = _unkept(session, kind, now, person_id=person.id)
        name = f"{KINDS[kind].name} – {_brief(_short(person.name))} – № {place}"
        yield name, render(template, facts_of(session, paper, now=now))


def _unkept(
    session: Session, kind: DocumentKind, now: datetime, *, pair_id: int | None = None, person_id: int | None = None
) -> Document:
    """A paper that is printed and never stored."""
    return Document(
        organisation_id=organisation_of(session),
        programme_id=own_programme(session).id,
        kind=kind,
        state=DocumentState.DRAFT,
        title=KINDS[kind].title,
        choices={},
        pair_id=pair_id,
        person_id=person_id,
        created_at=now,
    )


def _short(name: PersonName) -> str:
    initials = "".join(f" {part[0].upper()}." for part in (name.first, name.patronymic) if part)
    return f"{name.last}{initials}".strip() or "без имени"


def _brief(names: str) -> str:
    """A file's name holds 255 bytes, and a Russian letter takes two."""
    return names if len(names) <= LONGEST else f"{names[: LONGEST - 1].rstrip()}…"


def _unique(files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Two drafts of one kind have one name: the second gets «(2)»."""
    named: dict[str, bytes] = {}
    size = 0
    for stem, body in files:
        if (size := size + len(body)) > LARGEST:
            raise ValueWrong("too_many")
        plain = "".join("-" if sign in '\\/:*?"<>|' else sign for sign in stem)
        name, again = f"{plain}.docx", 2
        while name in named:
            name, again = f"{plain} ({again}).docx", again + 1
        named[name] = body
    return named


def _ensure_few(found: Sequence[object]) -> None:
    if not found:
        raise NothingOrdered
    if len(found) > MOST:
        raise ValueWrong("too_many")
