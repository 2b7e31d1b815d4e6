"""What the curator chooses when a campaign is made or changed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from admin.desk import zone
from admin.forms.fields import choices, line
from admin.forms.meetings import LocalTimeField
from admin.texts import campaigns as words
from mentoring.rules.campaigns import AUDIENCES, Audience, AudienceFilter
from mentoring.use_cases.campaigns import TITLE_LIMIT

FORMATS = ["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"]


class ChecksField(SelectMultipleField):
    """Several boxes; none ticked means that it does not matter."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CampaignForm(FlaskForm):
    title = line("Как назвать", TITLE_LIMIT, needed=words.TITLE_NEEDED, note="Это увидят те, кого спросят.")
    audience = RadioField("Кого спросить")
    forms = ChecksField("Форма наставничества", choices=lambda: choices(words.forms()))
    pair_states = ChecksField("Пара", choices=choices(words.PAIR_STATES))
    classes = line("Классы или группы", 200, note="Через запятую: 7, 8 «А». Пусто: все.")
    had_before = BooleanField("Только тех, кто ответил на такой же опрос в начале")
    rolling = BooleanField("Спрашивать и тех, кто появится позже, пока опрос идёт")
    opens_at = LocalTimeField("Когда начать", [Optional()], format=FORMATS, description="Пусто: сразу.")
    closes_at = LocalTimeField("До какого времени ждать", [InputRequired(words.NO_TIME)], format=FORMATS)
    anonymous = BooleanField("Без имён")
    tell = ChecksField("Кому сообщить, когда опрос завершится", coerce=int)

    def offer(self, role: str, accounts: list[tuple[int, str]]) -> None:
        """Who may be asked depends on the questionnaire."""
        allowed = AUDIENCES[role]
        self.audience.choices = choices((one.value, words.AUDIENCES[one]) for one in allowed)
        self.audience.data = self.audience.data or allowed[0].value
        self.tell.choices = choices(accounts)

    def chosen(self) -> AudienceFilter:
        return AudienceFilter(
            Audience(self.audience.data),
            forms=tuple(self.forms.data or ()),
            pair_states=tuple(self.pair_states.data or ()),
            classes=tuple(one.strip() for one in (self.classes.data or "").split(",") if one.strip()),
            had_before=bool(self.had_before.data),
        )

    def opening(self, now: datetime) -> datetime:
        return self.opens_at.moment() if self.opens_at.data else now


class ChangedForm(FlaskForm):
    title = line("Название", TITLE_LIMIT, needed=words.TITLE_NEEDED)
    opens_at = LocalTimeField("Когда начать", [Optional()], format=FORMATS)
    closes_at = LocalTimeField("До какого времени ждать", [InputRequired(words.NO_TIME)], format=FORMATS)


class PreferencesForm(FlaskForm):
    closes_at = LocalTimeField("До какого времени ждать", [InputRequired(words.NO_TIME)], format=FORMATS)


def wall(at: datetime) -> datetime:
    """The organisation's wall clock, for a field."""
    return at.astimezone(ZoneInfo(zone())).replace(tzinfo=None)
