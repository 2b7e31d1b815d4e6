"""What is done about somebody who has no pair."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from admin.forms.fields import choices, day, line, paragraph, select
from admin.texts import waiting as said
from mentoring.rules.pairs import REASONS_LIMIT
from mentoring.use_cases.waiting_cases import NOTE_LIMIT, OWNER_LIMIT


class CaseForm(FlaskForm):
    exit = RadioField("Что делаем", [InputRequired("Выберите одно из трёх.")], choices=choices(said.WAYS))
    owner = line("Кто этим занимается", OWNER_LIMIT, note="Например: педагог-психолог Ирина Львовна.")
    due_on = day("До какого дня")
    note = paragraph("Заметка", NOTE_LIMIT, note="Видите только вы и другие кураторы.", rows=3)


class CloseForm(FlaskForm):
    outcome = paragraph("Чем закончилось", NOTE_LIMIT, needed="Напишите хотя бы несколько слов.", rows=3)


class AssignForm(FlaskForm):
    other = select("С кем предложить пару", ())
    reason = paragraph(
        "Почему вы так решили",
        NOTE_LIMIT,
        needed="Напишите, почему вы так решили: это останется в записи.",
        note="Видите только вы и другие кураторы.",
        rows=3,
    )
    told = paragraph("Что прочитают оба", REASONS_LIMIT, note="Без имён. Можно оставить пустым.", rows=3)

    def validate_other(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Выберите, с кем предложить пару.")
