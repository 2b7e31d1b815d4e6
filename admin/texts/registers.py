"""What the pages of the registers say."""

from collections.abc import Mapping
from datetime import date

from admin.texts.days import plural, short_date
from mentoring.rules.consents import Publication
from mentoring.use_cases.publication import PublicationAsked

MENTORS = "База наставников"
MENTEES = "База наставляемых"
PUBLIC = "Реестр наставников для сайта"
ON_THE_SITE = (
    "На сайте имя стоит только у тех, кто согласился на публикацию; за ученика до 18 лет соглашается родитель, с 14 "
    "лет ещё и он сам. Остальные — без имён: видно только, чем и кому они готовы помочь. Согласие не обязательно и на "
    "участие не влияет."
)
PUBLICATIONS = (
    (Publication.GIVEN, "согласны"),
    (Publication.REFUSED, "отказались или отозвали"),
    (Publication.ASKED, "ждём ответа"),
    (Publication.NOT_ASKED, "не спрашивали"),
)
NOBODY = {
    "index": ("Реестр наставников пуст", "Он наполняется, когда вы одобряете анкеты наставников."),
    "mentees": ("Реестр наставляемых пуст", "Он наполняется, когда вы одобряете анкеты наставляемых."),
}
LINK_HINT = "Столбец «Ссылка на кейс или отзыв» заполните в скачанной таблице, когда кейс появится на сайте."


def people(register: str, count: int) -> str:
    if register == "mentees":
        return plural(count, "наставляемый", "наставляемых", "наставляемых")
    return plural(count, "наставник", "наставника", "наставников")


def publications(counts: Mapping[Publication, int]) -> str:
    """«Согласны: 3, ждём ответа: 2, не спрашивали: 5.»"""
    said = ", ".join(f"{name}: {counts[state]}" for state, name in PUBLICATIONS if counts.get(state))
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def publication_asked(done: PublicationAsked) -> str:
    if not done.asked:
        return "Спрашивать некого: всех уже спросили, или возраст ещё неизвестен."
    said = f"Вопрос ушёл: {plural(done.asked, 'человек', 'человека', 'человек')}."
    return f"{said} Без чата из них {done.by_paper}: возьмите бланк на странице человека." if done.by_paper else said


def cell(value: object) -> str:
    if isinstance(value, date):
        return short_date(value)
    return "" if value is None else str(value)
