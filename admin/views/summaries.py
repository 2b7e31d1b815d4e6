"""What was answered: each questionnaire's figures, the same people before and after, and the answers behind both."""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.chips import ChipGroup, chip_group, page_link, word
from admin.desk import read
from admin.downloads import download_streamed
from admin.periods import asked_period
from admin.texts import comparisons, labels, lists, summaries
from admin.views.base import PanelView, page_number
from mentoring.rules.forms import Form
from mentoring.rules.people import Role
from mentoring.use_cases.answers_behind import answers_behind
from mentoring.use_cases.before_after import Survey, compare_survey, survey_named
from mentoring.use_cases.changes_behind import DIRECTIONS, changes_behind
from mentoring.use_cases.questionnaire_history import NUMBERS, WRITTEN, History, history
from mentoring.use_cases.questionnaire_results import ResultFilter, questionnaire_results
from mentoring.use_cases.results_list import results_list
from mentoring.use_cases.results_sheet import ResultsSheet, results_sheet
from mentoring.use_cases.survey_list import survey_list
from mentoring.workbooks import Column, Kind
from storage.queries.comparable import campaigns_of, grades_of


class SummariesView(PanelView):
    section = "reports"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Итоги анкет", endpoint="summaries", url="/summaries")

    @expose("/")
    def index(self) -> str:
        return self.render("summaries/index.html", groups=summaries.by_use(read(results_list)), say=summaries)

    @expose("/<key>")
    def page(self, key: str) -> str:
        found = read(questionnaire_results, key, _asked())
        return self.render(
            "summaries/page.html",
            found=found,
            sections=summaries.by_section(found.questions),
            groups=_groups(read(history, key)),
            say=summaries,
            written=WRITTEN,
        )

    @expose("/<key>/export.xlsx")
    def export(self, key: str) -> ResponseReturnValue:
        sheet = read(results_sheet, key, _asked())
        return download_streamed("Ответы на анкету", _columns(sheet), _exported(sheet))

    @expose("/<key>/<question>")
    def behind(self, key: str, question: str) -> str:
        value, text = _words("value", 40), _words("text", 100)
        found = read(answers_behind, key, question, _asked(), value=value or None, text=text, page=page_number())
        return self.render("summaries/behind.html", found=found, key=key, text=text, link=page_link())

    @expose("/before-after")
    def before_after(self) -> str:
        return self.render("summaries/surveys.html", lines=read(survey_list), say=comparisons)

    @expose("/before-after/<stem>")
    def survey(self, stem: str) -> str:
        survey = read(survey_named, stem)
        found = read(compare_survey, survey, _asked())
        return self.render(
            "summaries/survey.html",
            found=found,
            parts=comparisons.by_measure(found.items),
            groups=_groups_of_survey(survey),
            say=comparisons,
            written=WRITTEN,
        )

    @expose("/before-after/<stem>/<pair>")
    def changes(self, stem: str, pair: str) -> str:
        found = read(
            changes_behind,
            read(survey_named, stem),
            pair,
            _asked(),
            direction=word("direction", list(DIRECTIONS)),
            page=page_number(),
        )
        groups = (chip_group("Показать", "direction", comparisons.DIRECTIONS),)
        return self.render("summaries/changes.html", found=found, groups=groups, say=comparisons, link=page_link())


def _asked() -> ResultFilter:
    since, until = asked_period()
    campaign = request.args.get("campaign", "")
    return ResultFilter(
        form=word("form", list(Form)),
        role=word("role", list(Role)),
        since=since,
        until=until,
        campaign_id=int(campaign) if campaign.isascii() and campaign.isdecimal() and len(campaign) < 19 else None,
        place=_words("place", 40),
    )


def _words(name: str, limit: int) -> str:
    """What stands in the address, without the sign that PostgreSQL keeps in no text."""
    return request.args.get(name, "").replace("\0", "")[:limit]


def _groups(known: History) -> list[ChipGroup]:
    """Only what can narrow this questionnaire."""
    campaigns = read(campaigns_of, known.questionnaire_id)
    groups = [chip_group("Когда", "period", summaries.PERIODS)]
    if campaigns:
        groups.append(chip_group("Опрос", "campaign", [(str(number), title) for number, title in campaigns]))
    if not known.newest.form and known.newest.role in list(Role):
        groups.append(chip_group("Форма", "form", labels.options(Form)))
    if not known.newest.role:
        groups.append(chip_group("Кто", "role", lists.ROLES[:2]))
    return groups + _grades(known.questionnaire_id)


def _groups_of_survey(survey: Survey) -> list[ChipGroup]:
    after = read(history, survey.after_key).questionnaire_id
    groups = [chip_group("Когда ответили после", "period", summaries.PERIODS)]
    if not survey.form:
        groups.append(chip_group("Форма", "form", labels.options(Form)))
    return groups + _grades(after)


def _grades(questionnaire_id: int) -> list[ChipGroup]:
    grades = read(grades_of, questionnaire_id)
    chips = [(str(grade), f"{grade}-е классы") for grade in grades]
    return [chip_group("Класс", "place", chips)] if len(chips) > 1 else []


def _columns(sheet: ResultsSheet) -> list[Column]:
    asked = [Column(one.text, 18 if one.kind in NUMBERS else 30, _kind(one.kind)) for one in sheet.questions]
    return [*WHO, *asked]


def _kind(kind: str) -> Kind:
    return "number" if kind in NUMBERS else "text"


def _exported(sheet: ResultsSheet) -> Iterator[tuple[object, ...]]:
    for row in sheet.rows:
        door = labels.word(row.door) if row.door else ""
        yield (row.person_name or "без имени", row.place, row.campaign, door, row.sent_at, *row.answers)


WHO = (
    Column("Кто", 32),
    Column("Класс или должность", 24),
    Column("Опрос", 26),
    Column("Как заполнена", 16),
    Column("Отправлена", 18, "datetime"),
)
