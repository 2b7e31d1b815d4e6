"""Who speaks for a partner."""

from flask_wtf import FlaskForm

from admin.forms.fields import line


class PartnerForm(FlaskForm):
    TYPED = ("partner", "last_name", "first_name", "patronymic", "phone")

    partner = line("Организация-партнёр", 200, needed="Впишите, какую организацию он представляет.")
    last_name = line("Фамилия", 100, needed="Впишите фамилию.")
    first_name = line("Имя", 100, needed="Впишите имя.")
    patronymic = line("Отчество", 100, note="Если есть.")
    phone = line("Телефон", 30, note="Чтобы вы могли позвонить.")
