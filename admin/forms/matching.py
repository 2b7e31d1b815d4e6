"""A draft's name, and what the curator may tune in it."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from admin.forms.fields import line, select
from admin.texts.matching_words import CRITERIA, STRICTNESS
from mentoring.rules.matching_drafts import NAME_LIMIT
from mentoring.rules.matching_settings import BEST, MOST_CLASSES, MOST_WEIGHT, Criterion, Settings, Strictness


class DraftForm(FlaskForm):
    name = line("Название", NAME_LIMIT, needed="Назовите подбор, чтобы отличать его от других.")


def _number(label: str, most: int, note: str = "") -> IntegerField:
    checks = [InputRequired("Впишите число."), NumberRange(0, most, f"Число от 0 до {most}.")]
    return IntegerField(label, checks, description=note, render_kw={"min": 0, "max": most, "inputmode": "numeric"})


class MatchingSettingsForm(FlaskForm):
    """Fields of a criterion are ``weight_request``, ``least_request`` and so on; see `numbers`."""

    least_total = _number("Не предлагать двоих, у кого баллов меньше", BEST, "Из 100. Ноль — предлагать всех.")
    class_distance = _number(
        "На сколько классов ученик-наставник старше",
        MOST_CLASSES,
        "Для пар «ученик – ученик». Ноль — можно и ровесника.",
    )
    wished_kind = select("Если наставляемый хотел наставника другого рода занятий", STRICTNESS)
    subject = select("Если учителю нужна помощь по его предмету, а наставник ведёт другой", STRICTNESS)
    usual = BooleanField("Так же подбирать и в следующий раз")

    def settings(self) -> Settings:
        """Raises ValueWrong, for instance where all weights are zero."""
        numbers = {one: (self[f"weight_{one}"].data or 0, self[f"least_{one}"].data or 0) for one in Criterion}
        return Settings(
            weights={one: weight for one, (weight, _) in numbers.items()},
            least={one: least for one, (_, least) in numbers.items() if least},
            least_total=self.least_total.data,
            class_distance=self.class_distance.data,
            wished_kind=Strictness(self.wished_kind.data),
            subject=Strictness(self.subject.data),
        ).checked()

    def numbers(self) -> list[tuple[str, Any, Any]]:
        return [(CRITERIA[one], self[f"weight_{one}"], self[f"least_{one}"]) for one in Criterion]


for _one in Criterion:
    setattr(MatchingSettingsForm, f"weight_{_one}", _number(f"{CRITERIA[_one]}: вес", MOST_WEIGHT))
    setattr(MatchingSettingsForm, f"least_{_one}", _number(f"{CRITERIA[_one]}: порог, процентов", BEST))


def shown_settings(settings: Settings) -> Mapping[str, Any]:
    """The settings as the form's fields hold them."""
    weights = {f"weight_{one}": settings.weights.get(one, 0) for one in Criterion}
    least = {f"least_{one}": settings.least.get(one, 0) for one in Criterion}
    rest = {name: getattr(settings, name) for name in ("least_total", "class_distance", "wished_kind", "subject")}
    return {**weights, **least, **rest}
