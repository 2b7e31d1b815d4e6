"""A proposal, and the end of a pair."""

from flask_wtf import FlaskForm

from admin.forms.fields import line, paragraph, select
from admin.texts import labels
from mentoring.rules.pairs import REASONS_LIMIT, DeclineReason, EndReason

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
    form = line("Форма наставничества", 40, note="Выберите из списка или впишите свою.", list="forms")
    role_model = line("Ролевая модель", 80, note="Если знаете: например, «лидер – пассивный».")
    reasons = paragraph(
        "Почему эта пара", REASONS_LIMIT, note="Это прочитают оба. Не называйте имён, классов и ничего личного."
    )


class PairEndForm(FlaskForm):
    reason = select("Почему", [(one, labels.word(one)) for one in BY_CURATOR])


class PaperAnswerForm(FlaskForm):
    """What somebody without a chat said by voice."""

    reason = select("Если отказ, то почему", labels.options(DeclineReason), none="—")
    reason_text = line("Своими словами", 500)
