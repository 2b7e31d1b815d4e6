"""What a curator types about a person."""

from flask_wtf import FlaskForm
from wtforms import RadioField

from admin.forms.fields import choices, day, line, paragraph, select
from admin.texts import labels
from mentoring.rules.people import PersonKind, Role
from mentoring.use_cases.letters import LETTER_LIMIT

NOT_ADDED = (PersonKind.PARENT, PersonKind.CURATOR, PersonKind.PARTNER)


class NameForm(FlaskForm):
    last_name = line("Фамилия", 100, needed="Впишите фамилию.")
    first_name = line("Имя", 100, needed="Впишите имя.")
    patronymic = line("Отчество", 100, note="Если есть.")
    place = line("Класс или должность", 200, note="Например: 7 «Б», учитель физики.")


class InvitedForm(NameForm):
    role = RadioField("Кем будет в программе", choices=choices(labels.options(Role)), default=Role.MENTOR.value)


class AddedForm(InvitedForm):
    kind = select("Кто это", labels.options(PersonKind, without=NOT_ADDED))
    birth_date = day("Дата рождения", needed="Без даты рождения не понять, чьё нужно согласие.")
    phone = line("Телефон", 30, note="Чтобы вы могли позвонить.")


class CorrectedForm(NameForm):
    kind = select("Кто это", labels.options(PersonKind), none="не указано")
    birth_date = day("Дата рождения")
    phone = line("Телефон", 30)


class RemarkForm(FlaskForm):
    remark = paragraph("Что исправить", 1000, needed="Напишите, что исправить: человек прочитает это в чате.")


class ReasonForm(FlaskForm):
    reason = paragraph("Почему", 300, rows=3)


class LetterForm(FlaskForm):
    text = paragraph("Письмо", LETTER_LIMIT, needed="Напишите хотя бы слово.", rows=6)
