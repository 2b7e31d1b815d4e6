"""A walk through a questionnaire, kept in the page itself: signed, so that nobody writes answers into it."""

from dataclasses import dataclass
from hashlib import sha256

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from admin.desk import now
from admin.texts import labels
from mentoring import rehearsal
from mentoring.question_card import Act, Card, Press, goes_at_once
from mentoring.rules.errors import AnswerRefused, OutOfDate
from mentoring.rules.questionnaire import Screenful
from mentoring.rules.questions.definition import Definition
from mentoring.rules.questions.path import Standing


@dataclass(frozen=True, slots=True)
class Walk:
    """``stopped``: "later" or "sent" when the last press ended the walk. ``typing``: the question waits for words."""

    screen: Screenful
    card: Card
    state: str
    refused: str
    stopped: str
    typing: bool


def rehearse(definition: Definition) -> Walk:
    definition = rehearsal.rehearsed(definition)
    standing, refused, press = _before(definition), "", _press()
    try:
        after = _moved(definition, standing, press)
    except AnswerRefused as error:
        after, refused = standing, labels.problem(error.problem, error.limits)
    except OutOfDate:
        after = standing
    return _walk(definition, after, press, refused)


def _walk(definition: Definition, standing: Standing, press: Press | None, refused: str) -> Walk:
    screen = rehearsal.seen(definition, standing)
    act = press.act if press else None
    at_once = rehearsal.is_reviewed(screen) and goes_at_once(screen)
    turned = press.page if press and act in (Act.TURN, Act.TOGGLE, Act.LIST) else 0
    return Walk(
        screen=screen,
        card=rehearsal.card_of(screen, page=turned, choosing=act is Act.LIST),
        state=_signed(definition, standing),
        refused=refused,
        stopped="sent" if at_once or act is Act.SUBMIT else "later" if act is Act.LATER else "",
        typing=screen.question is not None and not screen.question.options,
    )


def _moved(definition: Definition, standing: Standing, press: Press | None) -> Standing:
    if press is not None:
        return rehearsal.pressed(definition, standing, press, now().date())
    if "typed" in request.form:
        return rehearsal.typed(definition, standing, request.form["typed"], now().date())
    return standing


def _before(definition: Definition) -> Standing:
    """From the page, unless it is the first or another version's."""
    try:
        key, answers, position, reviewing = _serializer().loads(request.form.get("state", ""))
    except (BadSignature, ValueError):
        return rehearsal.beginning(definition)
    if key != _shape(definition):
        return rehearsal.beginning(definition)
    return Standing(answers, position, reviewing)


def _signed(definition: Definition, standing: Standing) -> str:
    return str(_serializer().dumps([_shape(definition), dict(standing.answers), standing.position, standing.reviewing]))


def _shape(definition: Definition) -> str:
    """What answers depend on: an edited draft is walked from its beginning."""
    shapes = [
        (one.key, one.kind, one.lowest, one.highest, *(option.value for option in one.options))
        for one in definition.questions
    ]
    return sha256(repr((definition.key, shapes)).encode()).hexdigest()[:16]


def _press() -> Press | None:
    """«toggle|likes|robots|1|0», as the button has it."""
    parts = request.form.get("press", "").split("|")
    if len(parts) != 5 or parts[0] not in list(Act):
        return None
    act, question, option, chosen, page = parts
    return Press("", Act(act), question, option, chosen == "1", int(page) if page.isdecimal() and len(page) < 4 else 0)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="rehearsal")
