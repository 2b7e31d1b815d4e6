"""School of the mentor: what mentors want to learn, trainings, who came, hours and certificates."""

from collections.abc import Iterator

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_login import current_user

from admin.desk import perform, read
from admin.downloads import download_workbook
from admin.forms.fields import choices
from admin.forms.selection import NamesForm, TrainingForm
from admin.texts import selection as say
from admin.texts.days import local_today
from admin.views.base import PanelView, chosen_ids
from mentoring.use_cases.training_needs import TrainingNeeds, training_needs
from mentoring.use_cases.trainings import (
    Attendance,
    TrainingSet,
    change_training,
    drop_training,
    expect_at_training,
    expect_by_names,
    note_attendance,
    plan_training,
    release_from_training,
)
from mentoring.workbooks import Column
from storage.queries.trainings import records_of, trained_lines, training_line, training_lines


class TrainingsView(PanelView):
    section = "people"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Обучение наставников", endpoint="trainings", url="/trainings")

    @expose("/")
    def index(self) -> str:
        lines = read(training_lines, current_user.card.programme_id)
        return self.render("trainings/index.html", needs=_needs(), lines=lines, say=say)

    @expose("/export.xlsx")
    def export(self) -> ResponseReturnValue:
        return download_workbook("Обучение наставников", COLUMNS, _exported())

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> ResponseReturnValue:
        form = _form(_needs())
        saved = form.validate_on_submit() and self.attempt(
            plan_training, current_user.card.programme_id, _entered(form)
        )
        if saved:
            return self.done(say.TRAINING_PLANNED, "trainings.page", training_id=saved.training_id)
        if not form.is_submitted():
            form.topic.data = request.args.get("topic", "")
        return self.render("trainings/change.html", form=form, training=None)

    @expose("/<int:training_id>")
    def page(self, training_id: int) -> str:
        return self._page(training_id, NamesForm(formdata=None))

    @expose("/<int:training_id>/change", methods=("GET", "POST"))
    def change(self, training_id: int) -> ResponseReturnValue:
        training = read(training_line, training_id)
        form = _form(_needs(), training)
        if form.validate_on_submit() and self.attempt(change_training, training_id, _entered(form)):
            return self.done(say.TRAINING_CHANGED, "trainings.page", training_id=training_id)
        return self.render("trainings/change.html", form=form, training=training)

    @expose("/<int:training_id>/drop", methods=("POST",))
    def drop(self, training_id: int) -> ResponseReturnValue:
        perform(drop_training, training_id)
        return self.done(say.TRAINING_DROPPED, "trainings.index")

    @expose("/<int:training_id>/expect", methods=("POST",))
    def expect(self, training_id: int) -> ResponseReturnValue:
        added = perform(expect_at_training, training_id, chosen_ids()).added
        return self.done(
            say.expected(added) if chosen_ids() else say.NOBODY_CHOSEN, "trainings.page", training_id=training_id
        )

    @expose("/<int:training_id>/names", methods=("POST",))
    def names(self, training_id: int) -> ResponseReturnValue:
        """Who was not found stays in the field, to be corrected."""
        read(training_line, training_id)
        form = NamesForm()
        if not form.validate_on_submit():
            return self._page(training_id, form)
        found = perform(expect_by_names, training_id, form.names.data)
        flash(say.expected(found.added, found.unknown), "bad" if found.unknown else "good")
        if not found.unknown:
            return self.on_to("trainings.page", training_id=training_id)
        form.names.data = "\n".join(found.unknown)
        return self._page(training_id, form)

    @expose("/<int:training_id>/attendance", methods=("POST",))
    def attendance(self, training_id: int) -> ResponseReturnValue:
        perform(note_attendance, training_id, _came(training_id))
        return self.done(say.ATTENDED, "trainings.page", training_id=training_id)

    @expose("/<int:training_id>/release/<int:enrolment_id>", methods=("POST",))
    def release(self, training_id: int, enrolment_id: int) -> ResponseReturnValue:
        perform(release_from_training, training_id, enrolment_id)
        return self.done(say.RELEASED, "trainings.page", training_id=training_id)

    def _page(self, training_id: int, form: NamesForm) -> str:
        training, records = read(training_line, training_id), read(records_of, training_id)
        needs = _needs()
        there = {one.enrolment_id for one in records}
        wanting = {one.enrolment_id for topic in needs.topics if topic.value == training.topic for one in topic.wanting}
        others = [one for one in needs.mentors if one.enrolment_id not in there]
        shown = {
            "others": sorted(others, key=lambda one: one.enrolment_id not in wanting),
            "wanting": wanting,
            "suggest": training.attended == 0 and training.starts_on <= local_today(),
        }
        label = next((topic.label for topic in needs.topics if topic.value == training.topic), "")
        return self.render(
            "trainings/page.html", training=training, records=records, form=form, topic=label, say=say, **shown
        )


def _needs() -> TrainingNeeds:
    return read(training_needs, current_user.card.programme_id)


def _form(needs: TrainingNeeds, training: object = None) -> TrainingForm:
    form = TrainingForm(obj=training)
    form.topic.choices = choices(((topic.value, topic.label) for topic in needs.topics), none="другое")
    return form


def _entered(form: TrainingForm) -> TrainingSet:
    return TrainingSet(
        title=form.title.data,
        topic=form.topic.data or "",
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        hours=form.hours.data,
        provider=form.provider.data,
        place=form.place.data,
    )


def _came(training_id: int) -> dict[int, Attendance]:
    """Empty hours: was not there. What is no number is taken for nothing rather than guessed."""
    found = {}
    for one in read(records_of, training_id):
        typed = request.form.get(f"hours-{one.enrolment_id}")
        if typed is not None:
            typed = typed.strip()
            hours = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else None
            certificate = request.form.get(f"certificate-{one.enrolment_id}", "")
            found[one.enrolment_id] = Attendance(hours or None, certificate)
    return found


COLUMNS = (
    Column("Наставник", 34),
    Column("Класс или должность", 26),
    Column("Занятие", 40),
    Column("Кто проводит", 30),
    Column("Начало", 14, "date"),
    Column("Окончание", 14, "date"),
    Column("Часов", 10, "number"),
    Column("Удостоверение", 28),
)


def _exported() -> Iterator[tuple[object, ...]]:
    for one in read(trained_lines, current_user.card.programme_id):
        yield (
            one.name,
            one.place,
            one.title,
            one.provider,
            one.starts_on,
            one.ends_on,
            one.hours,
            one.certificate,
        )
