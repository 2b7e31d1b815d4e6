"""What a curator types about a person."""

from collections.abc import Callable

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from admin.forms.choices import choices
from admin.texts import labels
from mentoring.rules.people import PersonKind, Role

NOT_ADDED = (PersonKind.PARENT, PersonKind.CURATOR)


def _line(label: str, longest: int, *, needed: str = "", description: str = "") -> StringField:
    checks: list[Callable[..., object]] = [InputRequired(needed)] if needed else [Optional()]
    checks.append(Length(max=longest, message=f"Слишком длинно: помещается {longest} знаков."))
    return StringField(label, checks, description=description, filters=[_tidy])


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


def day_field(label: str, *, needed: str = "") -> DateField:
    checks = [InputRequired(needed)] if needed else [Optional()]
    return DateField(label, checks, format=["%Y-%m-%d", "%d.%m.%Y"])


class NameForm(FlaskForm):
    last_name = _line("Фамилия", 100, needed="Впишите фамилию.")
    first_name = _line("Имя", 100, needed="Впишите имя.")
    patronymic = _line("Отчество", 100, description="Если есть.")
    place = _line("Класс или должность", 200, description="Например: 7 «Б», учитель физики.")


class InvitedForm(NameForm):
    role = RadioField("Кем будет в программе", choices=choices(labels.options(Role)), default=Role.MENTOR.value)


class AddedForm(InvitedForm):
    kind = SelectField("Кто это", choices=choices(labels.options(PersonKind, without=NOT_ADDED)))
    birth_date = day_field("Дата рождения", needed="Без даты рождения не понять, чьё нужно согласие.")
    phone = _line("Телефон", 30, description="Чтобы вы могли позвонить.")


class CorrectedForm(NameForm):
    kind = SelectField("Кто это", choices=choices(labels.options(PersonKind), none="не указано"))
    birth_date = day_field("Дата рождения")
    phone = _line("Телефон", 30)


class RemarkForm(FlaskForm):
    remark = TextAreaField(
        "Что исправить",
        [InputRequired("Напишите, что исправить: человек прочитает это в чате."), Length(max=1000)],
        render_kw={"rows": 4},
    )


class ReasonForm(FlaskForm):
    reason = TextAreaField("Почему", [Optional(), Length(max=300)], render_kw={"rows": 3})


class LetterForm(FlaskForm):
    text = TextAreaField(
        "Письмо",
        [InputRequired("Напишите хотя бы слово."), Length(max=2000, message="Слишком длинно: помещается 2000 знаков.")],
        render_kw={"rows": 6},
    )
