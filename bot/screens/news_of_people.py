"""News about joining, consents and letters. Facts: `mentoring.use_cases.notice_facts`."""

from typing import Any

from bot import callbacks as act
from bot.keyboards import Row, button, keyboard, menu_row, row
from bot.screen import Screen
from bot.screens import curators, letters
from bot.texts import buttons
from bot.texts import notices as words
from bot.texts.wording import fill, paragraphs
from mentoring.rules.consents import PUBLICATION, ConsentKind
from mentoring.rules.questionnaire import ENTRY_QUESTIONNAIRES

Facts = dict[str, Any]


def child_asked(facts: Facts) -> Screen:
    child = facts["minor_name"] or words.UNNAMED_CHILD
    text = fill(words.CHILD_ASKED, child=child, organisation=facts["organisation"])
    return Screen(text, keyboard(_decide(facts["minor_id"], ConsentKind.GUARDIAN)))


def guardian_consented(facts: Facts) -> Screen:
    further = row(button(buttons.NEXT_STEP, act.ShowMenu()))
    return Screen(
        words.GUARDIAN_CONSENTED, keyboard(_form(facts, buttons.FILL_IN) if "enrolment_id" in facts else further)
    )


def guardian_refused(facts: Facts) -> Screen:
    over = words.GUARDIAN_ENDED_PAIR if facts["pair_over"] else ""
    return Screen(paragraphs(words.GUARDIAN_REFUSED, over), keyboard(_write(), menu_row()))


def consent_reminder(facts: Facts) -> Screen:
    name = facts["whose_name"] or words.OF_UNNAMED_CHILD
    text = words.CONSENT_REMINDER if facts["own"] else fill(words.CHILD_CONSENT_REMINDER, name=name)
    return Screen(text, keyboard(_decide(facts["whose_id"], facts["consent"])))


def publication_asked(facts: Facts) -> Screen:
    name = facts["whose_name"] or words.OF_UNNAMED_CHILD
    text = words.PUBLICATION_ASKED if facts["own"] else fill(words.CHILD_PUBLICATION_ASKED, name=name)
    return Screen(text, keyboard(_decide(facts["whose_id"], facts["consent"])))


def guardian_reminder(facts: Facts) -> Screen:
    text = words.GUARDIAN_SILENT if facts["linked"] else words.GUARDIAN_NOT_COME
    message = button(buttons.MESSAGE_FOR_PARENT, act.ShowGuardianLink())
    return Screen(text, keyboard(row(message), _write()))


def form_reminder(facts: Facts) -> Screen:
    begun = facts["answered"]
    text = fill(words.FORM_BEGUN, answered=begun) if begun else words.FORM_WAITS
    return Screen(text, keyboard(_form(facts, buttons.CONTINUE_FORM if begun else buttons.FILL_IN)))


def form_returned(facts: Facts) -> Screen:
    return Screen(fill(words.FORM_RETURNED, remark=facts["remark"]), keyboard(_form(facts, buttons.CORRECT_FORM)))


def approved(facts: Facts) -> Screen:
    return Screen(words.APPROVED[facts["role"]], keyboard(menu_row()))


def declined(facts: Facts) -> Screen:
    because = fill(words.DECLINED_BECAUSE, remark=facts["remark"]) if facts["remark"] else ""
    return Screen(paragraphs(words.DECLINED, because), keyboard(_write(), menu_row()))


def curator_wrote(facts: Facts) -> Screen:
    return letters.from_curator(facts["author"], facts["text"])


def person_wrote(facts: Facts) -> Screen:
    return letters.to_curator(facts["letter_id"], facts["person_name"], facts["place"], facts["text"])


def consent_refused(facts: Facts) -> Screen:
    return Screen(_against(words.CONSENT_REFUSED, facts), keyboard(menu_row()))


def consent_withdrawn(facts: Facts) -> Screen:
    template = words.PUBLICATION_WITHDRAWN if facts["consent"] in PUBLICATION else words.CONSENT_WITHDRAWN
    return Screen(_against(template, facts), keyboard(menu_row()))


def digest(facts: Facts) -> Screen:
    text = paragraphs(words.DIGEST, curators.things(facts["today"]))
    return Screen(text, keyboard(row(button(buttons.DIGEST, act.ShowMenu()))))


def _against(template: str, facts: Facts) -> str:
    return fill(template, name=facts["person_name"] or words.UNNAMED, by=facts["by_name"] or words.PARENT)


def _decide(person_id: int, kind: ConsentKind) -> Row:
    return row(button(buttons.READ_AND_DECIDE, act.ShowConsent(person_id=person_id, kind=kind)))


def _form(facts: Facts, label: str) -> Row:
    key = ENTRY_QUESTIONNAIRES[facts["role"]]
    return row(button(label, act.StartQuestionnaire(key=key, enrolment_id=facts["enrolment_id"])))


def _write() -> Row:
    return row(button(buttons.WRITE_TO_CURATOR, act.WriteToCurator()))
