"""Sign-in and passwords."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

SHORTEST = 10
LONGEST = 128


class SignInForm(FlaskForm):
    login = StringField("Логин", [InputRequired("Введите логин."), Length(max=64)])
    password = PasswordField("Пароль", [InputRequired("Введите пароль."), Length(max=LONGEST)])


class PasswordForm(FlaskForm):
    current = PasswordField("Нынешний пароль", [InputRequired("Введите нынешний пароль.")])
    new = PasswordField(
        "Новый пароль",
        [InputRequired("Придумайте новый пароль."), Length(SHORTEST, LONGEST, f"Нужно не меньше {SHORTEST} знаков.")],
        description=f"Не меньше {SHORTEST} знаков. Хорошо работает фраза из трёх-четырёх слов.",
    )
    again = PasswordField("Новый пароль ещё раз", [EqualTo("new", "Пароли не совпали.")])
