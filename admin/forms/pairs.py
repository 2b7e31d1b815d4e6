"""A proposal, and the end of a pair."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from admin.forms.choices import choices
from admin.texts import labels
from mentoring.rules.pairs import DeclineReason, EndReason

FORMS = (
    "ученик–ученик",
    "учитель–учитель",
    "студент–ученик",
    "работодатель–ученик",
    "работодатель–студент",
    "учитель–ученик",
)
BY_CURATOR = (EndReason.COMPLETED, EndReason.BY_AGREEMENT, EndReason.NO_MEETINGS, EndReason.LEFT, EndReason.OTHER)


class ProposalForm(FlaskForm):
    form = StringField(
        "Форма наставничества",
        [Optional(), Length(max=40)],
        description="Выберите из списка или впишите свою.",
        render_kw={"list": "forms"},
    )
    role_model = StringField(
        "Ролевая модель", [Optional(), Length(max=80)], description="Если знаете: например, «лидер – пассивный»."
    )
    reasons = TextAreaField(
        "Почему эта пара",
        [Optional(), Length(max=1000, message="Слишком длинно: помещается 1000 знаков.")],
        description="Это прочитают оба. Не называйте имён, классов и ничего личного.",
        render_kw={"rows": 4},
    )


class PairEndForm(FlaskForm):
    reason = SelectField("Почему", choices=choices((one, labels.word(one)) for one in BY_CURATOR))


class PaperAnswerForm(FlaskForm):
    """What somebody without a chat said by voice."""

    reason = SelectField("Если отказ, то почему", choices=choices(labels.options(DeclineReason), none="—"))
    reason_text = StringField("Своими словами", [Optional(), Length(max=500)])
