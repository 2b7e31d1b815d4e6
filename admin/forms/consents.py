"""A signed paper that the curator holds in hand."""

from flask_wtf import FlaskForm
from wtforms import RadioField

from admin.forms.fields import choices, day, line
from mentoring.rules.consents import Decision

IN_THE_PAPER = ((Decision.GIVEN, "согласие дано"), (Decision.REFUSED, "отказ"))


class PaperConsentForm(FlaskForm):
    decision = RadioField("Что в бумаге", choices=choices(IN_THE_PAPER), default=Decision.GIVEN.value)
    given_by_name = line("Кто подписал", 300, note="Фамилия, имя, отчество.")
    relation = line("Кем приходится", 60, note="Например: мама, опекун.")
    signed_on = day("Дата подписи", needed="Впишите дату с бумаги.")
