"""A meeting that the curator plans, moves or writes down for a pair."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange

from admin.desk import zone
from admin.forms.fields import choices, line, paragraph
from admin.texts import labels
from mentoring.rules.meetings import (
    CANCEL_REASON_LIMIT,
    LONGEST,
    PLACE_LIMIT,
    SHORTEST,
    TOPIC_LIMIT,
    MeetingKind,
    PlaceKind,
)


class LocalTimeField(DateTimeLocalField):
    """A time on the organisation's wall clock; `moment` is the same as aware time."""

    def moment(self) -> datetime:
        typed: datetime = self.data
        return typed.replace(tzinfo=ZoneInfo(zone()))


def time_field(label: str) -> LocalTimeField:
    return LocalTimeField(label, [InputRequired("Выберите день и время.")], format=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"])


def kind_field() -> SelectField:
    return SelectField(
        "Какая встреча", choices=choices(labels.options(MeetingKind), none="следующая по порядку"), default=""
    )


def place_field() -> RadioField:
    return RadioField("Где", choices=choices(labels.options(PlaceKind)), default=PlaceKind.ORGANISATION.value)


def minutes_field() -> IntegerField:
    limits = NumberRange(SHORTEST, LONGEST, f"Нужно от {SHORTEST} до {LONGEST} минут.")
    return IntegerField("Сколько минут", [InputRequired("Впишите число минут."), limits], default=45)


class PlannedForm(FlaskForm):
    starts_at = time_field("Когда")
    minutes = minutes_field()
    kind = kind_field()
    place_kind = place_field()
    place = line("Кабинет, адрес или ссылка", PLACE_LIMIT)
    topic = line("О чём", TOPIC_LIMIT)


class MovedForm(FlaskForm):
    starts_at = time_field("Новое время")
    place_kind = place_field()
    place = line("Кабинет, адрес или ссылка", PLACE_LIMIT)


class LoggedForm(FlaskForm):
    held_at = time_field("Когда встретились")
    minutes = minutes_field()
    kind = kind_field()
    place_kind = place_field()
    topic = line("О чём говорили", TOPIC_LIMIT)


class CancelledForm(FlaskForm):
    reason = paragraph("Почему", CANCEL_REASON_LIMIT, rows=3)
