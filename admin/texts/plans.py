"""Words of the plans' pages."""

from collections.abc import Iterable

from admin.texts import labels
from admin.texts.days import plural, short_date
from mentoring.rules.plans import ItemState, PlanState, Progress
from mentoring.use_cases.plan_views import ItemView, PlanView
from storage.queries.plans import NOT_BEGUN, PlanRow

STATES = [
    (PlanState.SENT.value, "ждут вашего решения"),
    (NOT_BEGUN, "не начаты"),
    (PlanState.DRAFT.value, "составляют"),
    (PlanState.RETURNED.value, "возвращены"),
    (PlanState.APPROVED.value, "утверждены"),
    (PlanState.CLOSED.value, "закрыты"),
]
NEEDS = [("overdue", "сроки прошли"), ("mark", "ждут отметки наставника")]
RESULTS = [(state.value, labels.word(state)) for state in ItemState if state is not ItemState.DROPPED]

APPROVED = "План утверждён. Участники узнают об этом в чате."
RETURNED = "План возвращён. Участники увидят ваше замечание, поправят и отправят снова."
SAVED = "Записано."
DROPPED = "Дело снято с плана. Внизу страницы его можно вернуть."
RESTORED = "Дело снова в плане."

GOALS_NOTE = "Каждая цель с новой строки, не больше пяти."
REMARK_NOTE = "Это прочитают наставник и наставляемый. Напишите, что поправить."
DUE_NOTE = "Внутри срока плана. Можно оставить пустым: тогда напоминаний не будет."
RESULT_NOTE = "Что вышло на деле, словами наставляемого."
MARK_NOTE = "Слова наставника, если они есть."

SINCE_APPROVAL = {"new": "новое", "changed": "изменено"}


def state(row: PlanRow) -> str:
    return labels.word(row.state) if row.state else "не начат"


def done(progress: Progress) -> str:
    """«3 из 8, частично 1»."""
    if not progress.total:
        return "дел пока нет"
    partly = f", частично {progress.partly}" if progress.partly else ""
    return f"{progress.done} из {progress.total}{partly}"


def overdue(count: int) -> str:
    return plural(count, "срок прошёл", "срока прошли", "сроков прошло")


def due(item: ItemView) -> str:
    return short_date(item.due_on) if item.due_on else "без срока"


def standing(plan: PlanView) -> str:
    """What is awaited, above the plan."""
    if plan.over:
        return "Пара завершена, план закрыт: его можно прочитать и распечатать."
    if plan.state is PlanState.SENT:
        again = "Утверждённый план изменили: отмечено, что нового." if plan.revision else "План ждёт вашего решения."
        return f"{again} Утвердите или верните с замечанием."
    if plan.state is PlanState.RETURNED:
        return f"План возвращён: «{plan.remark}» Ждём, когда его поправят и отправят снова."
    if plan.state is PlanState.APPROVED:
        return ""
    if plan.empty:
        return "План ещё не начали. Участники составляют его в чате; за тех, у кого чата нет, впишите план здесь."
    return "План составляют. Если участники уже всё согласовали на бумаге, утвердите его здесь."


def names(people: Iterable[str]) -> str:
    return ", ".join(people)


def exported(row: PlanRow) -> tuple[object, ...]:
    return (
        row.mentor,
        names(row.mentees),
        labels.form(row.form),
        state(row),
        row.ends_on,
        row.progress.total,
        row.progress.done,
        row.progress.partly,
        row.progress.percent if row.progress.total else None,
        row.overdue,
    )
