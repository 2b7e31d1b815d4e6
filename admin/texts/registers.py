"""What the pages of the registers say."""

from datetime import date

from admin.texts.days import plural, short_date

MENTORS = "База наставников"
MENTEES = "База наставляемых"
PUBLIC = "Реестр наставников для сайта"
WITHOUT_NAMES = (
    "Для сайта — без имён: согласия на публикацию персональных данных ни у кого нет. "
    "Здесь только число наставников, чем и кому они готовы помочь."
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


def cell(value: object) -> str:
    if isinstance(value, date):
        return short_date(value)
    return "" if value is None else str(value)
