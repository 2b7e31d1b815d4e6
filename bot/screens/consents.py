"""A consent before and after the decision, the way to a parent, and what was decided."""

from collections.abc import Sequence
from html import escape

from bot import callbacks as act
from bot.keyboards import Row, button, keyboard, menu_row, only, row
from bot.screen import Document, Screen
from bot.texts import buttons, guardians
from bot.texts import consents as words
from bot.texts.wording import dated, day, fill, lines, local_day, paragraphs
from mentoring.rules.consents import PUBLICATION, ConsentKind, Decision, Giver
from mentoring.rules.people import name_from_full
from mentoring.use_cases.agenda import Agenda, AgendaKind
from mentoring.use_cases.consents import ConsentLine, ConsentRecorded, ConsentSheet, ConsentWithdrawn
from mentoring.use_cases.organisations import OrganisationCard


def sheet(consent: ConsentSheet, zone: str) -> Screen:
    """Two sentences, the full text one tap away, both answers equally big."""
    text = paragraphs(
        _for_whom(consent),
        fill(words.SHEET, title=consent.title, summary=consent.summary),
        _standing(consent, zone) or (words.UP_TO_YOU_PUBLICATION if consent.kind in PUBLICATION else words.UP_TO_YOU),
    )
    read = button(buttons.READ_IN_FULL, act.ReadConsent(person_id=consent.whose_id, kind=consent.kind))
    return Screen(text, keyboard(row(read), _decisions(consent), menu_row()))


def full_text(consent: ConsentSheet) -> Screen:
    text = paragraphs(fill(words.FULL_TEXT, title=consent.title, body=consent.body), words.DECIDE_NOW)
    file = words.PUBLICATION_FILE_NAME if consent.kind in PUBLICATION else words.FILE_NAME
    name = file.format(version=consent.version)
    return Screen(text, keyboard(_decisions(consent), menu_row()), Document(name, _page(consent)))


def recorded(found: ConsentRecorded, person_id: int, next_row: Row, zone: str) -> Screen:
    by_other = not found.recorded and found.given_by_id != person_id
    said = _PUBLICATION if found.kind in PUBLICATION and found.decision is Decision.REFUSED else _RECORDED
    template = _BY_OTHER[found.decision] if by_other else said[found.decision, found.whose_id == person_id]
    name = found.whose_name or guardians.OF_UNNAMED_CHILD
    text = fill(template, at=dated(found.decided_at, zone), version=found.version, name=name)
    again = act.ShowConsent(person_id=found.whose_id, kind=found.kind)
    change = only(found.decision is Decision.REFUSED, buttons.CHANGE_MY_MIND, again)
    write = only(found.decision is Decision.REFUSED, buttons.WRITE_TO_CURATOR, act.WriteToCurator())
    return Screen(text, keyboard(next_row, change, write, menu_row()))


def mine(found: Sequence[ConsentLine], person_id: int, zone: str) -> Screen:
    told = [_line(one, person_id, zone) for one in found]
    withdrawable = [_withdraw(one, person_id) for one in found if one.may_withdraw]
    return Screen(
        paragraphs(words.MINE, *(told or [words.NONE_YET])),
        keyboard(*withdrawable, row(button(buttons.BACK, act.ShowMyData())), menu_row()),
    )


def ask_withdrawal(found: Sequence[ConsentLine], consent_id: int, person_id: int, zone: str) -> Screen:
    """An old button of a consent that is withdrawn already shows how things stand."""
    chosen = [one for one in found if one.consent_id == consent_id and one.may_withdraw]
    return _ask_withdrawal(chosen[0], zone) if chosen else mine(found, person_id, zone)


def _ask_withdrawal(consent: ConsentLine, zone: str) -> Screen:
    asked = words.ASK_PUBLICATION_WITHDRAWAL if consent.kind in PUBLICATION else words.ASK_WITHDRAWAL
    text = fill(asked, title=consent.title, at=dated(consent.decided_at, zone))
    yes = button(buttons.YES_WITHDRAW, act.WithdrawConsent(consent_id=consent.consent_id))
    return Screen(text, keyboard(row(yes), row(button(buttons.LEAVE_AS_IT_IS, act.ShowMyConsents()))))


def withdrawn(done: ConsentWithdrawn, zone: str) -> Screen:
    at = dated(done.withdrawn_at, zone)
    if done.erase_by is None:
        return Screen(fill(words.PUBLICATION_WITHDRAWN, at=at), keyboard(menu_row()))
    text = fill(words.WITHDRAWN, at=at, due=day(local_day(done.erase_by, zone)))
    write = button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())
    return Screen(text, keyboard(row(write), menu_row()))


def own_consent_kind(agenda: Agenda) -> ConsentKind | None:
    kinds = (item.data.get("consent") for item in agenda.items if item.kind is AgendaKind.OWN_CONSENT)
    return next((ConsentKind(kind) for kind in kinds if kind), None)


def parent_needed(link: str, organisation: OrganisationCard) -> Screen:
    """The message to forward stands by itself above the screen."""
    asked = fill(
        words.QUESTIONS_TO_CONTACT if organisation.contact else words.QUESTIONS_TO,
        curator=curator(organisation.curator_name),
        contact=organisation.contact,
    )
    forwarded = paragraphs(
        fill(words.FOR_PARENT, organisation=organisation.short_name, link=link),
        asked if organisation.curator_name else "",
    )
    return Screen(
        paragraphs(words.PARENT_NEEDED, words.WAITING_FOR_PARENT, words.NO_TELEGRAM),
        keyboard(row(button(buttons.SHOW_LINK_AGAIN, act.ShowGuardianLink())), menu_row()),
        before=(forwarded,),
    )


_RECORDED = {
    (Decision.GIVEN, True): words.GIVEN,
    (Decision.GIVEN, False): words.GIVEN_FOR_CHILD,
    (Decision.REFUSED, True): words.REFUSED,
    (Decision.REFUSED, False): words.REFUSED_FOR_CHILD,
}
_PUBLICATION = {
    (Decision.REFUSED, True): words.PUBLICATION_REFUSED,
    (Decision.REFUSED, False): words.PUBLICATION_REFUSED_FOR_CHILD,
}
_STANDING = {Decision.GIVEN: words.STANDS_GIVEN, Decision.REFUSED: words.STANDS_REFUSED}
_BY_OTHER = {Decision.GIVEN: words.GIVEN_BY_OTHER, Decision.REFUSED: words.REFUSED_BY_OTHER}


def _standing(consent: ConsentSheet, zone: str) -> str:
    """What was decided before, by this person or by the other parent."""
    decided = consent.decided
    if decided is None or decided.withdrawn_at:
        return ""
    return fill(_STANDING[decided.decision], at=dated(decided.decided_at, zone))


def _is_given(consent: ConsentSheet) -> bool:
    decided = consent.decided
    return decided is not None and decided.decision is Decision.GIVEN and not decided.withdrawn_at


def _decisions(consent: ConsentSheet) -> Row:
    if _is_given(consent):
        return row(button(buttons.MY_CONSENTS, act.ShowMyConsents()))
    return [
        button(label, act.DecideConsent(text_id=consent.text_id, person_id=consent.whose_id, decision=decision))
        for label, decision in ((buttons.GIVE_CONSENT, Decision.GIVEN), (buttons.REFUSE_CONSENT, Decision.REFUSED))
    ]


def _for_whom(consent: ConsentSheet) -> str:
    if consent.giver is not Giver.GUARDIAN:
        return ""
    return lines(
        fill(words.WHOSE, name=consent.whose_name or guardians.OF_UNNAMED_CHILD),
        fill(words.WHERE, organisation=consent.organisation_name),
        fill(words.CURATOR, curator=curator(consent.curator_name, consent.curator_contact)),
    )


def curator(name: str, contact: str = "") -> str:
    """«Ольга Викторовна Зимина (кабинет 12)»: as people are introduced."""
    template = guardians.CURATOR_CONTACT if contact else guardians.CURATOR
    found = name_from_full(name)
    return template.format(name=f"{found.formal} {found.last}".strip(), contact=contact)


def _line(one: ConsentLine, person_id: int, zone: str) -> str:
    template = words.LINE_WITHDRAWN if one.withdrawn_at else _LINES[one.decision]
    withdrawn_at = dated(one.withdrawn_at, zone) if one.withdrawn_at else ""
    return lines(
        fill(
            template,
            title=one.title,
            at=dated(one.decided_at, zone),
            version=one.version,
            withdrawn_at=withdrawn_at,
        ),
        fill(words.LINE_ABOUT, name=one.whose_name or guardians.OF_UNNAMED_CHILD) if one.whose_id != person_id else "",
        fill(words.LINE_BY, giver=one.given_by_name) if one.given_by_id != person_id and one.given_by_name else "",
    )


_LINES = {Decision.GIVEN: words.LINE_GIVEN, Decision.REFUSED: words.LINE_REFUSED}


def _withdraw(one: ConsentLine, person_id: int) -> Row:
    about = name_from_full(one.whose_name).friendly if one.whose_id != person_id else ""
    named, own = _WITHDRAW[one.kind in PUBLICATION]
    label = named.format(title=about) if about else own
    return row(button(label, act.AskWithdrawal(consent_id=one.consent_id)))


_WITHDRAW = {
    False: (buttons.WITHDRAW_NAMED, buttons.WITHDRAW),
    True: (buttons.WITHDRAW_PUBLICATION_NAMED, buttons.WITHDRAW_PUBLICATION),
}


def _page(consent: ConsentSheet) -> bytes:
    """A page that opens on any phone and prints on A4."""
    return page(consent.title, "".join(f"<p>{escape(part)}</p>" for part in consent.body.split("\n\n")))


def page(title: str, body: str) -> bytes:
    return _PAGE.format(title=escape(title), body=body).encode()


_PAGE = """<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body{{font:16px/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem}}p{{white-space:pre-line}}
table{{border-collapse:collapse}}td,th{{border:1px solid #999;padding:.3rem .6rem;text-align:left;vertical-align:top}}
</style></head><body><h1>{title}</h1>{body}</body></html>
"""
