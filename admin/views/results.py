"""How the pairs are doing: a table with ratings, and a few charts."""

from collections.abc import Iterator

from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import chip_group, page_link, word
from admin.desk import now, read, reading
from admin.downloads import download_workbook
from admin.texts import labels, lists
from admin.texts.charts import charts
from admin.views.base import PAGE, PanelView, page_number
from mentoring.rules.pairs import PairState
from mentoring.use_cases.results import PairResult, pair_results, ratings
from mentoring.workbooks import Column
from storage.queries.meetings_by_month import meetings_by_month
from storage.queries.pairs_list import PairFilter

EXPORTED_AT_ONCE = 400


class ResultsView(PanelView):
    section = "reports"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Результаты", endpoint="results", url="/results")

    @expose("/")
    def index(self) -> str:
        return self.render(
            "results/index.html",
            found=read(pair_results, _asked(), page=page_number(), size=PAGE, now=now()),
            charts=charts(read(ratings), read(meetings_by_month)),
            groups=(chip_group("Пары", "state", lists.RESULT_STATES), chip_group("Показать", "need", lists.SILENT)),
            link=page_link(),
        )

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Результаты пар", COLUMNS, map(_exported, _all()))


def _asked() -> PairFilter:
    return PairFilter(
        state=word("state", [*PairState, "standing", "over"]) or "decided", need=word("need", ("silent", "first"))
    )


def _all() -> Iterator[PairResult]:
    page = 1
    while True:
        found = pair_results(reading(), _asked(), page=page, size=EXPORTED_AT_ONCE, now=now())
        yield from found.rows
        if page >= found.pages:
            return
        page += 1


COLUMNS = (
    Column("Наставник", 32),
    Column("Наставляемый", 32),
    Column("Состояние", 16),
    Column("Подтверждена", 14, "date"),
    Column("Последняя встреча", 18, "date"),
    Column("Дней без встреч", 16, "number"),
    Column("Встреч состоялось", 18, "number"),
    Column("Встреч не состоялось", 20, "number"),
    Column("Спокойно, средняя", 18, "number"),
    Column("Спокойно, ответов", 18, "number"),
    Column("Полезно, средняя", 18, "number"),
    Column("Полезно, ответов", 18, "number"),
)


def _exported(row: PairResult) -> tuple[object, ...]:
    return (
        row.mentor_name,
        row.mentee_name,
        labels.word(row.state),
        row.confirmed_at,
        row.last_met_at,
        row.silence_days,
        row.meetings_held,
        row.meetings_missed,
        row.comfort.mean,
        row.comfort.answers,
        row.usefulness.mean,
        row.usefulness.answers,
    )
