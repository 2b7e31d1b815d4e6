"""A proposal, and what a curator decides about a pair."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from admin.forms.fields import choices, day, line, paragraph, select
from admin.texts import labels
from mentoring.rules.forms import Form
from mentoring.rules.labour import Side
from mentoring.rules.pairs import (
    BY_NOTICE,
    END_GROUPS,
    MOST_MENTEES,
    NOTE_LIMIT,
    PAUSE_REASON_LIMIT,
    REASONS_LIMIT,
    DeclineReason,
    EndReason,
)

FOR_CURATOR = "Это увидите только вы и руководитель."


def form_field() -> SelectField:
    return select("Форма наставничества", labels.options(Form), none="по тому, кто эти двое")


def role_model_field() -> StringField:
    return line("Ролевая модель", 80, note="Если знаете: например, «лидер – пассивный».")


def reasons_field() -> StringField:
    return paragraph(
        "Почему эта пара", REASONS_LIMIT, note="Это прочитают все, кого спросим. Не называйте имён, классов и личного."
    )


class ProposalForm(FlaskForm):
    form = form_field()
    role_model = role_model_field()
    reasons = reasons_field()


class MenteesForm(FlaskForm):
    """Several mentees at once: a group, or more people for one that is there."""

    mentees = SelectMultipleField(
        "Кого позвать",
        coerce=int,
        option_widget=CheckboxInput(),
        validators=[InputRequired("Отметьте хотя бы одного человека.")],
        description=f"Вместе в группе не больше {MOST_MENTEES} наставляемых.",
    )
    reasons = reasons_field()

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        self.mentees.choices = choices(people)


class PairFormForm(FlaskForm):
    form = form_field()
    role_model = role_model_field()


def reason_field(label: str) -> SelectField:
    """In two steps by eye: the group of reasons, then the reason. None is chosen beforehand: reports count them."""
    offered = [
        SelectChoice(one.value, labels.word(one), optgroup=labels.word(group))
        for group, reasons in END_GROUPS.items()
        for one in reasons
        if one not in BY_NOTICE
    ]
    first = SelectChoice("", "выберите причину")
    return SelectField(label, [InputRequired("Выберите причину.")], choices=[first, *offered])


class PairEndForm(FlaskForm):
    reason = reason_field("Почему")
    note = paragraph("Своими словами", NOTE_LIMIT, note=FOR_CURATOR, rows=3)


class RemoveForm(FlaskForm):
    reason = reason_field("Почему")


class DecisionForm(FlaskForm):
    note = paragraph(
        "Почему решаете сейчас",
        NOTE_LIMIT,
        note=f"Например: встречались до программы, все согласны. {FOR_CURATOR}",
        rows=3,
    )


class PartForm(FlaskForm):
    note = paragraph("Заметка для себя", NOTE_LIMIT, note=FOR_CURATOR, rows=3)


class PauseForm(FlaskForm):
    until = day("Последний день паузы", needed="Выберите день: без него пара не знает, когда встречаться снова.")
    reason = line("Почему", PAUSE_REASON_LIMIT, note="Это прочитают все в паре: например, «экзамены». Можно не писать.")


class NoticeForm(FlaskForm):
    who = select(
        "Кто подал", [(Side.WORKER, "наставник отказывается"), (Side.EMPLOYER, "работодатель отменяет поручение")]
    )
    on = day("Когда получено", needed="Выберите день, когда пришло уведомление: от него идут три рабочих дня.")


class LastDayForm(FlaskForm):
    ends_on = day("Новый последний день", needed="Выберите день.")


class PaperAnswerForm(FlaskForm):
    """What somebody without a chat said by voice."""

    reason = select("Если отказ, то почему", labels.options(DeclineReason), none="—")
    reason_text = line("Своими словами", 500)


def end_reason(form: FlaskForm) -> EndReason:
    return EndReason(form.reason.data)
