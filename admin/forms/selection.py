"""What curators write about candidates: an interview, a training, a worker's agreement."""

from flask_wtf import FlaskForm
from wtforms import DecimalField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from admin.forms.fields import day, line, paragraph, select
from admin.texts import labels
from mentoring.rules.selection import Verdict
from mentoring.use_cases.interviews import NOTES_LIMIT
from mentoring.use_cases.labour_agreements import MOST_ROUBLES
from mentoring.use_cases.portfolio_records import LIMITS, MOST_YEARS, PortfolioRecord
from mentoring.use_cases.trainings import MOST_HOURS


def _years(label: str) -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(0, MOST_YEARS, f"Целое число от 0 до {MOST_YEARS}.")])


class InterviewForm(FlaskForm):
    held_on = day("Когда", needed="Выберите день.")
    interviewer = line("Кто провёл", 200, note="Куратор, психолог, заместитель директора.")
    verdict = select("К чему пришли", labels.options(Verdict))
    notes = paragraph(
        "Заметки",
        NOTES_LIMIT,
        rows=7,
        note="Их открывает только куратор, и каждое открытие видно в журнале. Не пишите о здоровье и семье.",
    )


class PortfolioForm(FlaskForm):
    """Fields are named as in `PortfolioRecord`."""

    education = line("Образование", LIMITS["education"], note="Что и когда окончили, специальность.")
    work = line("Место работы и должность", LIMITS["work"])
    category = line("Категория", LIMITS["category"], note="«Первая, до 2028 года», «высшая».")
    years = _years("Общий стаж, лет")
    years_teaching = _years("Педагогический стаж, лет")
    years_mentoring = _years("Стаж наставничества, лет")
    awards = paragraph("Достижения и награды", LIMITS["awards"], rows=3)
    about = paragraph("О себе, девиз", LIMITS["about"], rows=3, note="Пусто — возьмём из анкеты.")
    reviews = paragraph("Отзывы", LIMITS["reviews"], rows=3, note="Без имён детей: портфолио показывают другим.")

    def record(self) -> PortfolioRecord:
        return PortfolioRecord(**{name: self.data[name] for name in PortfolioRecord.__dataclass_fields__})


class TrainingForm(FlaskForm):
    title = line("Название", 200, needed="Впишите, как называется занятие.")
    topic = SelectField("О чём", default="", validate_choice=False)
    starts_on = day("Начало", needed="Выберите день.")
    ends_on = day("Окончание")
    hours = IntegerField(
        "Сколько часов",
        [InputRequired("Впишите число часов."), NumberRange(1, MOST_HOURS, f"От 1 до {MOST_HOURS}.")],
    )
    provider = line("Кто проводит", 200, note="Например: педагог-психолог гимназии, региональный центр.")
    place = line("Где", 200)


class NamesForm(FlaskForm):
    names = TextAreaField(
        "Список имён",
        [InputRequired("Вставьте хотя бы одно имя."), Length(max=20_000, message="Слишком длинный список.")],
        description="Одно имя в строке: «Лебедева Анна Сергеевна» или «Лебедева А. С.».",
        render_kw={"rows": 6},
    )


class AgreementForm(FlaskForm):
    consent_on = day("Дата письменного согласия")
    number = line("Номер соглашения", 40)
    signed_on = day("Дата соглашения")
    starts_on = day("Наставничество с")
    ends_on = day("по")
    duties = paragraph("Что делает наставник", 1000, rows=3, note="Содержание работы, как в соглашении.")
    way = line("Как проходит наставничество", 300, note="Например: очно, посещение уроков и разбор раз в неделю.")
    payment = line("Выплата", 500, note="Размер и условия словами, как в соглашении.")
    amount = DecimalField(
        "Сумма в месяц, ₽", [Optional(), NumberRange(0, MOST_ROUBLES, "Проверьте сумму.")], places=2, use_locale=False
    )


class StopForm(FlaskForm):
    on = day("Последний день", needed="Выберите день.")
