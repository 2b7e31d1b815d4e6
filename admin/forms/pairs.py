"""A proposal, and the end of a pair."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from admin.forms.fields import line, paragraph, select
from admin.texts import labels
from mentoring.rules.forms import Form
from mentoring.rules.pairs import REASONS_LIMIT, DeclineReason, EndReason

BY_CURATOR = (EndReason.COMPLETED, EndReason.BY_AGREEMENT, EndReason.NO_MEETINGS, EndReason.LEFT, EndReason.OTHER)


def form_field() -> SelectField:
    return select("Форма наставничества", labels.options(Form), none="по тому, кто эти двое")


def role_model_field() -> StringField:
    return line("Ролевая модель", 80, note="Если знаете: например, «лидер – пассивный».")


class ProposalForm(FlaskForm):
    form = form_field()
    role_model = role_model_field()
    reasons = paragraph(
        "Почему эта пара", REASONS_LIMIT, note="Это прочитают оба. Не называйте имён, классов и ничего личного."
    )


class PairFormForm(FlaskForm):
    form = form_field()
    role_model = role_model_field()


class PairEndForm(FlaskForm):
    reason = select("Почему", [(one, labels.word(one)) for one in BY_CURATOR])


class PaperAnswerForm(FlaskForm):
    """What somebody without a chat said by voice."""

    reason = select("Если отказ, то почему", labels.options(DeclineReason), none="—")
    reason_text = line("Своими словами", 500)
