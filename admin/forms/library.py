"""Forms of the library: what a questionnaire is, and one question of its draft."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from admin.forms.fields import choices, line, select
from admin.texts import library as words
from mentoring.rules.questions.editing import HeadEdit, QuestionEdit
from mentoring.rules.questions.parsing import SECTION_LIMIT, TITLE_LIMIT

FREE_USES = ("survey", "pulse", "training", "preferences", "parents", "partners", "other")
"""What a curator's own questionnaire may be for; the others are asked by the product itself, by their keys."""

NEW_ROLES = ("mentor", "mentee", "guardian", "partner", "")


def _free_uses() -> list[SelectChoice]:
    return choices((use, words.USES[use]) for use in reversed(FREE_USES))


class NewForm(FlaskForm):
    title = line("Как назвать", TITLE_LIMIT, needed="Придумайте название: его увидят люди.")
    role = select("Кому", [(role, words.ROLES[role]) for role in NEW_ROLES])
    use = SelectField("Для чего", choices=_free_uses())


class CopyForm(FlaskForm):
    title = line("Как назвать копию", TITLE_LIMIT, needed="Придумайте название: его увидят люди.")


class FileForm(FlaskForm):
    file = FileField("Файл анкеты", [FileRequired("Выберите файл.")], render_kw={"accept": ".toml,text/plain"})
    replace = BooleanField("Заменить мой черновик, если он уже есть")


class HeadForm(FlaskForm):
    """Nothing is refused here: what does not fit is kept and named beside the field."""

    title = StringField("Название")
    intro = TextAreaField("Вступление", render_kw={"rows": 4})
    minutes = StringField("Сколько минут занимает", render_kw={"inputmode": "numeric"})
    role = SelectField("Кому", choices=choices(words.ROLES.items()), validate_choice=False)
    use = SelectField("Для чего", choices=_free_uses(), validate_choice=False)
    subject = SelectField("О чём отвечают", choices=choices(words.SUBJECTS.items()), validate_choice=False)
    form = SelectField("Форма наставничества", choices=lambda: choices(words.forms().items()), validate_choice=False)
    moment = SelectField("До или после", choices=choices(words.MOMENTS.items()), validate_choice=False)

    def edit(self) -> HeadEdit:
        told = {name: (getattr(self, name).data or "").strip() for name in HeadEdit.__slots__}
        return HeadEdit(**told)


class QuestionForm(FlaskForm):
    """Nothing is refused here either."""

    kind = SelectField("Как отвечать", choices=choices(words.KINDS.items()), validate_choice=False)
    text = TextAreaField("Вопрос", render_kw={"rows": 3})
    hint = TextAreaField("Подсказка под вопросом", render_kw={"rows": 2})
    options = TextAreaField("Варианты ответа, по одному в строке", render_kw={"rows": 7})
    yes = StringField("Слова для «да»", render_kw={"placeholder": "Да"})
    no = StringField("Слова для «нет»", render_kw={"placeholder": "Нет"})
    limit = StringField("Не больше", render_kw={"inputmode": "numeric"})
    lowest = StringField("От", render_kw={"inputmode": "numeric"})
    highest = StringField("До", render_kw={"inputmode": "numeric"})
    low = StringField("Что значит наименьшее")
    high = StringField("Что значит наибольшее")
    several = BooleanField("Можно назвать нескольких")
    of = SelectField("Из кого", choices=choices(words.PEOPLE.items(), none="другая сторона"), validate_choice=False)
    optional = BooleanField("Можно пропустить")
    curator_only = BooleanField("Ответ увидит только куратор")
    personal = BooleanField("В ответе личные сведения")
    section = StringField("Раздел", render_kw={"list": "sections", "maxlength": SECTION_LIMIT})
    pair = SelectField("Сравнивать с вопросом другой анкеты", validate_choice=False)
    aspect = SelectField("Группа показателей", choices=choices(words.ASPECTS.items()), validate_choice=False)
    importance = BooleanField("Спрашивает, насколько это важно")
    satisfaction = BooleanField("Показывает, доволен ли человек")
    after = SelectField("Когда показывать этот вопрос", validate_choice=False)

    def edit(self, kind: str) -> QuestionEdit:
        """``kind``: the one that stays, where the question was published."""
        after = self.after.data or ""
        told: dict[str, Any] = {name: getattr(self, name).data for name in _TOLD}
        plain: dict[str, Any] = {
            name: value if isinstance(value, bool) else (value or "").strip() for name, value in told.items()
        }
        return QuestionEdit(
            kind=kind or self.kind.data or "text",
            options=tuple((self.options.data or "").splitlines()),
            after=after,
            after_any=tuple(ticked(after)),
            **plain,
        )


_TOLD = tuple(name for name in QuestionEdit.__slots__ if name not in ("kind", "options", "after", "after_any"))


def ticked(after: str) -> list[str]:
    """The answers chosen under the question ``after``: each question has boxes of its own name."""
    return request.form.getlist(f"if-{after}") if after else []


Listed = Sequence[tuple[str, str]]


def question_form(raw: Mapping[str, Any], earlier: Listed, twin: Listed) -> QuestionForm:
    """Of the raw question as it stands; a sent form wins. ``earlier``: questions it may depend on, by key."""
    form = QuestionForm(**shown_fields(raw))
    form.after.choices = choices([("", "всегда"), *earlier])
    own = str(raw.get("pair", ""))
    known = {pair for pair, _ in twin}
    kept = [(own, f"оставить как есть ({own})")] if own and own not in known else []
    form.pair.choices = choices([("", "не сравнивать"), *kept, *twin])
    return form


def shown_fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a raw question, by the names of its fields."""
    options = [one for one in raw.get("options", []) if isinstance(one, dict)]
    low, high = [*(raw.get("ends") or ()), "", ""][:2]
    labels = {str(one.get("value")): str(one.get("label", "")) for one in options}
    plain = {name: raw[name] for name in _TOLD if name in raw}
    scale = raw.get("kind") == "scale"
    return plain | {
        "kind": raw.get("kind", "text"),
        "options": "\n".join(labels.values()),
        "yes": labels.get("yes", "") if raw.get("kind") == "yes_no" else "",
        "no": labels.get("no", "") if raw.get("kind") == "yes_no" else "",
        "limit": _typed(raw.get("limit")),
        "lowest": _typed(raw.get("min", 1 if scale else None)),
        "highest": _typed(raw.get("max", 10 if scale else None)),
        "low": low,
        "high": high,
        "after": (raw.get("show_if") or {}).get("question", ""),
    }


def _typed(value: object) -> str:
    return "" if value is None else str(value)
