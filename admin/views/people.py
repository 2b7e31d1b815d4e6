"""Everyone in the programme: found, filtered, approved together, taken away as a table."""

from collections.abc import Iterator
from dataclasses import asdict

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.chips import ChipGroup, chip_group, page_link
from admin.desk import now, perform, read, reading
from admin.downloads import download_workbook
from admin.forms.people import AddedForm
from admin.texts import labels, lists, words
from admin.texts.errors import sentence
from admin.views.base import PAGE, PanelView, chosen_ids, page_number, pages_of
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.errors import MentoringError
from mentoring.rules.people import PersonKind, Role
from mentoring.use_cases.enrolment import approve_enrolment
from mentoring.use_cases.people import add_person
from mentoring.use_cases.privacy import open_erasures
from mentoring.workbooks import Column
from storage.queries.people_list import PeopleFilter, all_people, people_page
from storage.queries.submitted import submitted_enrolments


class PeopleView(PanelView):
    def __init__(self) -> None:
        super().__init__(name="Люди", endpoint="people", url="/people")

    @expose("/")
    def index(self) -> str:
        asked, page = _asked(), page_number()
        found = read(people_page, asked, offset=(page - 1) * PAGE, limit=PAGE)
        return self.render(
            "people/index.html",
            found=found,
            asked=asked,
            narrowed=any(asdict(asked).values()),
            groups=_groups(),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Люди", COLUMNS, _exported())

    @expose("/approve", methods=("POST",))
    def approve(self) -> ResponseReturnValue:
        """Two steps: first who exactly, then the deed."""
        waiting = read(submitted_enrolments, chosen_ids())
        if not waiting:
            flash(words.NOBODY_WAITS, "bad")
            return redirect(url_for("people.index", status=EnrolmentStatus.SUBMITTED), 303)
        if "sure" not in request.form:
            return self.render("people/approve.html", waiting=waiting)
        done = sum(_approved(one.enrolment_id, one.name) for one in waiting)
        return self.done(words.approved_many(done), "people.index")

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> ResponseReturnValue:
        form = AddedForm()
        added = form.validate_on_submit() and self.attempt(
            add_person,
            current_user.card.programme_id,
            Role(form.role.data),
            last_name=form.last_name.data,
            first_name=form.first_name.data,
            patronymic=form.patronymic.data,
            kind=PersonKind(form.kind.data),
            birth_date=form.birth_date.data,
            place=form.place.data,
            phone=form.phone.data,
        )
        if added:
            return self.done(words.PERSON_ADDED, "person.page", person_id=added.person_id)
        return self.render("people/new.html", form=form)

    @expose("/erasures")
    def erasures(self) -> str:
        return self.render("people/erasures.html", lines=read(open_erasures), now=now())


def _asked() -> PeopleFilter:
    args = request.args
    return PeopleFilter(
        words=args.get("q", "").strip()[:100],
        **{name: args.get(name, "") for name in ("role", "status", "missing", "refused", "pair", "reach", "reminded")},
    )


def _groups() -> tuple[ChipGroup, ...]:
    return (
        chip_group("Роль", "role", lists.ROLES),
        chip_group("Состояние", "status", labels.options(EnrolmentStatus)),
        chip_group("Нет согласия", "missing", lists.MISSING),
        chip_group("Пара", "pair", lists.PAIRED),
        chip_group("Связь", "reach", lists.REACH),
        chip_group("Напоминания", "reminded", lists.REMINDED),
    )


def _approved(enrolment_id: int, name: str) -> bool:
    """One refusal does not stop the others."""
    try:
        return perform(approve_enrolment, enrolment_id).changed
    except MentoringError as error:
        flash(f"{name}. {sentence(error)}", "bad")
        return False


COLUMNS = (
    Column("Фамилия, имя, отчество", 34),
    Column("Класс или должность", 24),
    Column("Роль и состояние", 34),
    Column("Не хватает", 28),
    Column("Телефон", 18),
    Column("Чат", 16),
    Column("Пара", 34),
    Column("В системе с", 14, "date"),
)


def _exported() -> Iterator[tuple[object, ...]]:
    for row in all_people(reading(), _asked()):
        yield (
            row.name,
            row.place,
            lists.parts(row),
            lists.gap(row.missing) if row.enrolments else "",
            row.phone,
            lists.reach(row),
            "; ".join(f"{pair.other} ({labels.word(pair.state)})" for pair in row.pairs),
            row.created_at,
        )
