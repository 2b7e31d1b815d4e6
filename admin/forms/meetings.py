"""A meeting that the curator plans, moves or writes down for a pair."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from admin.desk import zone
from admin.forms.choices import choices
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
    return SelectField("Какая встреча", choices=choices(labels.options(MeetingKind), none="следующая по порядку"))


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
    place = StringField("Кабинет, адрес или ссылка", [Optional(), Length(max=PLACE_LIMIT)])
    topic = StringField("О чём", [Optional(), Length(max=TOPIC_LIMIT)])


class MovedForm(FlaskForm):
    starts_at = time_field("Новое время")
    place_kind = place_field()
    place = StringField("Кабинет, адрес или ссылка", [Optional(), Length(max=PLACE_LIMIT)])


class LoggedForm(FlaskForm):
    held_at = time_field("Когда встретились")
    minutes = minutes_field()
    kind = kind_field()
    place_kind = place_field()
    topic = StringField("О чём говорили", [Optional(), Length(max=TOPIC_LIMIT)])


class CancelledForm(FlaskForm):
    reason = TextAreaField("Почему", [Optional(), Length(max=CANCEL_REASON_LIMIT)], render_kw={"rows": 3})
