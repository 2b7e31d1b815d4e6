"""What a curator writes into a paper, the organisation's profile, the cases of a name, a template."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField
from wtforms.validators import InputRequired

from admin.forms.fields import day, line, paragraph, select
from admin.texts.documents import CASES, OF_REPORTS
from mentoring.rules.declension import Case
from mentoring.rules.document_field import Choice, ChoiceKind
from mentoring.rules.document_order_choices import CHOICES
from mentoring.rules.documents import DocumentKind, Profile
from mentoring.use_cases.document_drafts import LINE_LIMIT, TEXT_LIMIT
from mentoring.use_cases.documents import PaperView
from mentoring.use_cases.organisation_profile import LIMITS, PERSON_LIMIT
from mentoring.use_cases.paper_reports import ReportOption

ROWS = 5


def draft_form(found: PaperView, shown: Mapping[str, Any]) -> FlaskForm:
    """A form with a field for each choice of this kind. ``shown``: what stands in them, by `shown_choices`."""
    fields = {choice.name: _field(choice, found.reports) for choice in CHOICES.get(found.line.kind, ())}
    form = type("DraftForm", (_TitleForm,), fields)
    made: FlaskForm = form(data={**shown, "title": found.line.title, "dated_on": found.line.dated_on})
    return made


def shown_choices(found: PaperView) -> dict[str, Any]:
    """The curator's words, and what the product suggests where there are none."""
    suggested = {**found.facts, "report_id": found.report}
    return {
        choice.name: _typed_as(choice, found.choices[choice.name])
        if choice.name in found.choices and choice.kind is not ChoiceKind.REPORT
        else _suggested(choice, suggested.get(choice.name))
        for choice in CHOICES.get(found.line.kind, ())
    }


def written(
    kind: DocumentKind, form: FlaskForm, shown: Mapping[str, Any], choices: Mapping[str, Any]
) -> dict[str, str | bool]:
    """What the curator has really written: a suggestion that was left alone goes on following the facts."""
    said: dict[str, str | bool] = {}
    for choice in CHOICES.get(kind, ()):
        typed = form[choice.name].data
        if typed != shown[choice.name] or choice.name in choices:
            said[choice.name] = typed.isoformat() if isinstance(typed, date) else typed or ""
    if shown.get("control_self") and said.get("control_self") == "":
        said["control"] = form["control"].data or ""  # taken from the head: it must fall to whom the field names
    return said


class _TitleForm(FlaskForm):
    title = line("Заголовок", 300, note="Если очистить, вернётся обычный.")
    dated_on: DateField = day("Дата бумаги")


class NewForm(FlaskForm):
    """Only the token: everything is known."""


class SignForm(FlaskForm):
    number = line("Номер", 40, needed="Впишите номер.", note="Предлагаем следующий свободный.")
    dated_on = DateField("Дата", [InputRequired("Впишите дату.")], format=["%Y-%m-%d", "%d.%m.%Y"])


class ProfileForm(FlaskForm):
    """Fields are named as in `Profile` and in the organisation's row."""

    name = line("Полное название", 300, needed="Впишите название.", note="Как в уставе: оно стоит во всех бумагах.")
    short_name = line("Короткое название", 120, needed="Впишите короткое название.")
    founder = line(
        "Верхняя строка бланка", LIMITS["founder"], note="Например: «Управление образования г. Приозёрного»."
    )
    city = line(
        "Город или село", LIMITS["city"], needed="Впишите город или село.", note="Как в бумагах: «г. Приозёрный»."
    )
    address = line("Адрес", 300)
    contact = line("Телефон и почта", 300)
    site = line("Раздел о наставничестве на сайте", LIMITS["site"])
    inn = line("ИНН", LIMITS["inn"], inputmode="numeric")
    ogrn = line("ОГРН", LIMITS["ogrn"], inputmode="numeric")
    head_name = line("Руководитель: фамилия, имя, отчество", PERSON_LIMIT, needed="Впишите руководителя.")
    head_post = line("Его должность", PERSON_LIMIT, needed="Впишите должность.", note="С маленькой буквы: «директор».")
    curator_name = line("Куратор наставничества", PERSON_LIMIT, note="Пусто — тот, кто ведёт эту панель.")
    curator_post = line("Его должность в бумагах", PERSON_LIMIT)
    basis = paragraph(
        "На каком основании работает программа",
        LIMITS["basis"],
        note="После слов «на основании»: региональный и муниципальный акт, устав. Можно поправить в каждой бумаге.",
        rows=4,
    )

    def profile(self) -> Profile:
        named = {name: self.data[name] for name in Profile.__dataclass_fields__ if name in self.data}
        return Profile(**named)


class TemplateForm(FlaskForm):
    file = FileField("Файл Word", [FileRequired("Выберите файл.")], render_kw={"accept": ".docx"})
    note = line("Что изменилось", 300, note="Для себя: «добавили герб», «другой пункт о контроле».")


def cases_form(forms: Mapping[str, str], made: Mapping[Case, str], posts: Mapping[str, str]) -> FlaskForm:
    """``made``: how the name is declined now; ``posts``: the same of the post by «post_dative», or nothing."""
    fields: dict[str, Any] = {case.value: line(CASES[case], PERSON_LIMIT) for case in Case}
    fields |= {name: line(f"Должность: {CASES[Case(name.removeprefix('post_'))]}", PERSON_LIMIT) for name in posts}
    form = type("CasesForm", (FlaskForm,), fields)
    shown = {**{case.value: said for case, said in made.items()}, **posts, **forms}
    filled: FlaskForm = form(data=shown)
    return filled


def corrected_cases(
    form: FlaskForm, made: Mapping[Case, str], posts: Mapping[str, str], forms: Mapping[str, str]
) -> dict[str, str]:
    """Only what differs from our own, and what was corrected before."""
    ours = {**{case.value: said for case, said in made.items()}, **posts}
    typed = {name: form[name].data for name in ours}
    return {name: said for name, said in typed.items() if said and (said != ours[name] or name in forms)}


def _field(choice: Choice, reports: Iterable[ReportOption]) -> Any:
    if choice.kind is ChoiceKind.REPORT:
        return select(choice.label, [(one.value, one.label) for one in reports], note=OF_REPORTS)
    if choice.kind is ChoiceKind.YES:
        return BooleanField(choice.label)
    if choice.kind is ChoiceKind.DATE:
        return day(choice.label)
    if choice.kind is ChoiceKind.LINE:
        return line(choice.label, LINE_LIMIT)
    return paragraph(choice.label, TEXT_LIMIT, rows=ROWS)


def _typed_as(choice: Choice, value: Any) -> Any:
    return _day(value) if choice.kind is ChoiceKind.DATE else value


def _suggested(choice: Choice, fact: Any) -> Any:
    """A fact as it would be typed: a line for each row, the columns of a row divided by «|»."""
    if choice.kind is ChoiceKind.YES:
        return bool(fact)
    if choice.kind is ChoiceKind.DATE:
        return _day(fact)
    if isinstance(fact, Mapping):
        return _person(fact)
    if isinstance(fact, (list, tuple)):
        return "\n".join(_row(row) for row in fact)
    return "" if fact is None else str(fact)


def _row(row: Any) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    return " | ".join(_person(value) if isinstance(value, Mapping) else str(value) for value in row.values())


def _person(person: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (str(person.get("full", "")), str(person.get("post", ""))) if part)


def _day(value: Any) -> date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(str(value), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
