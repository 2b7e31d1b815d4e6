"""A signed paper that the curator holds in hand."""

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from admin.forms.choices import choices
from mentoring.rules.consents import Decision


class PaperConsentForm(FlaskForm):
    decision = RadioField(
        "Что в бумаге",
        choices=choices([(Decision.GIVEN, "согласие дано"), (Decision.REFUSED, "отказ")]),
        default=Decision.GIVEN.value,
    )
    given_by_name = StringField("Кто подписал", [Optional(), Length(max=300)], description="Фамилия, имя, отчество.")
    relation = StringField("Кем приходится", [Optional(), Length(max=60)], description="Например: мама, опекун.")
    signed_on = DateField("Дата подписи", [InputRequired("Впишите дату с бумаги.")], format=["%Y-%m-%d", "%d.%m.%Y"])
