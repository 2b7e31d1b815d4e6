"""What an organisation may tune."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, TimeField
from wtforms.validators import InputRequired

from admin.forms.fields import choices, line, select
from admin.texts import labels
from mentoring.rules.accounts import AccountRole
from mentoring.rules.forms import OrganisationKind
from mentoring.rules.reminders import OrganisationSettings

RUSSIAN_ZONES = (
    ("Europe/Kaliningrad", "Калининград (на час раньше Москвы)"),
    ("Europe/Moscow", "Москва"),
    ("Europe/Samara", "Самара (на час позже Москвы)"),
    ("Asia/Yekaterinburg", "Екатеринбург (на 2 часа позже Москвы)"),
    ("Asia/Omsk", "Омск (на 3 часа позже Москвы)"),
    ("Asia/Krasnoyarsk", "Красноярск (на 4 часа позже Москвы)"),
    ("Asia/Irkutsk", "Иркутск (на 5 часов позже Москвы)"),
    ("Asia/Yakutsk", "Якутск (на 6 часов позже Москвы)"),
    ("Asia/Vladivostok", "Владивосток (на 7 часов позже Москвы)"),
    ("Asia/Magadan", "Магадан (на 8 часов позже Москвы)"),
    ("Asia/Kamchatka", "Камчатка (на 9 часов позже Москвы)"),
)
WEEKDAYS = tuple(enumerate(("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")))


class OrganisationForm(FlaskForm):
    name = line("Полное название", 300, needed="Впишите название.", note="Оно стоит в согласиях и на листках.")
    short_name = line("Короткое название", 120, needed="Впишите короткое название.")
    address = line("Адрес", 300, note="Он нужен в тексте согласия.")
    contact = line("Как с вами связаться", 300, note="Телефон или кабинет: это увидят родители и участники.")
    kind = select(
        "Вид организации",
        labels.options(OrganisationKind),
        note="От него зависит, как называются формы наставничества.",
    )
    time_zone = select("Часовой пояс", RUSSIAN_ZONES)


class HoursForm(FlaskForm):
    """Fields are named as in `OrganisationSettings`."""

    quiet_from = TimeField("Вечером не писать с", [InputRequired("Впишите время.")])
    quiet_to = TimeField("Утром не писать до", [InputRequired("Впишите время.")])
    minors_from = TimeField("Ученикам в будни писать с", [InputRequired("Впишите время.")])
    minors_to = TimeField("Ученикам в будни писать до", [InputRequired("Впишите время.")])
    minors_weekend_from = TimeField("Ученикам в выходные писать с", [InputRequired("Впишите время.")])
    minors_weekend_to = TimeField("Ученикам в выходные писать до", [InputRequired("Впишите время.")])
    silence_days = IntegerField("Напомнить паре, если не встречались дней", [InputRequired("Впишите число.")])
    silence_days_curator = IntegerField(
        "Больше не напоминать, если не встречались дней", [InputRequired("Впишите число.")]
    )
    first_meeting_days = IntegerField("Напомнить о первой встрече через дней", [InputRequired("Впишите число.")])
    proposal_days = IntegerField("Сколько дней ждать ответа на предложение", [InputRequired("Впишите число.")])
    meeting_minutes = IntegerField("Обычно встреча длится минут", [InputRequired("Впишите число.")])
    digest_weekday = SelectField("Сводка недели приходит в", choices=choices(WEEKDAYS), coerce=int)
    digest_at = TimeField("Во сколько", [InputRequired("Впишите время.")])

    def settings(self) -> OrganisationSettings:
        return OrganisationSettings(**{name: value for name, value in self.data.items() if name != "csrf_token"})


class AccountForm(FlaskForm):
    full_name = line("Фамилия, имя, отчество", 200, needed="Впишите имя.")
    login = line("Логин", 64, needed="Придумайте логин.", note="Латинские буквы и цифры.")
    role = RadioField("Что может", choices=choices(labels.options(AccountRole)), default=AccountRole.CURATOR.value)
