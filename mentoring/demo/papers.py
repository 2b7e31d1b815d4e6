"""What the curator has on paper: the organisation's profile, two orders, a plan."""

from collections.abc import Callable
from datetime import datetime

from mentoring.demo.acts import School
from mentoring.rules.documents import DocumentKind, Profile
from mentoring.rules.people import Actor
from mentoring.rules.plans import ItemState
from mentoring.use_cases.document_drafts import new_document
from mentoring.use_cases.document_signing import sign_document
from mentoring.use_cases.organisation_profile import profile_card, save_profile
from mentoring.use_cases.plan_decisions import approve_plan, send_plan
from mentoring.use_cases.plan_results import mark_item, report_item
from mentoring.use_cases.plan_views import plan_of
from mentoring.use_cases.plans import add_goal, add_item
from storage.scope import fenced

Day = Callable[..., datetime]

PROFILE = Profile(
    founder="Администрация города Приозёрного",
    city="г. Приозёрный",
    site="маяк-приозёрный.рф",
    head_name="Громов Пётр Ильич",
    head_post="директор",
    curator_post="заместитель директора по воспитательной работе",
    basis="распоряжения Министерства просвещения Российской Федерации от 25.12.2019 № Р-145",
)
PLAN = (
    (
        "difficulties",
        "Удержать внимание класса в последние десять минут урока",
        14,
        "План урока с двумя сменами занятия",
    ),
    ("entry", "Провести родительское собрание в 6 «В»", 3, "Собрание прошло, протокол готов"),
    ("directions", "Открытый урок для методического объединения", -40, "Урок и его разбор"),
)


def describe(school: School, now: datetime) -> None:
    """The director and the requisites, from which every paper takes them."""
    with fenced(school.session, school.organisation_id):
        card = profile_card(school.session)
        save_profile(
            school.session,
            PROFILE,
            name=card.name,
            short_name=card.short_name,
            address=card.address,
            contact=card.contact,
            by=school.curator,
            now=now,
        )


def sign(school: School, kind: DocumentKind, number: str, now: datetime) -> None:
    with fenced(school.session, school.organisation_id):
        begun = new_document(school.session, kind, by=school.curator, now=now)
        sign_document(school.session, begun.document_id, number, now.date(), by=school.curator, now=now)


def plan_together(school: School, pair_id: int, both: tuple[int, int], day: Day) -> None:
    """Three items: one is done, one waits for the mentor's mark, one lies ahead."""
    mentor, mentee = (Actor.person(one) for one in both)
    items: list[int] = []
    with fenced(school.session, school.organisation_id):
        session = school.session
        add_goal(session, pair_id, "К весне спокойно вести урок и собрание", by=mentee, now=day(22))
        last_day = plan_of(session, pair_id, now=day(22)).ends_on  # in summer the term is nearly over
        for section, text, ago, result in PLAN:
            due_on = min(day(ago).date(), last_day)
            added = add_item(
                session, pair_id, section, text, due_on=due_on, planned_result=result, by=mentor, now=day(22)
            )
            items.append(added.item_id)
        send_plan(session, pair_id, by=mentor, now=day(22))
        seen = plan_of(session, pair_id, now=day(21)).seen
        approve_plan(session, pair_id, seen=seen, by=school.curator, now=day(21))
        report_item(session, items[0], "Делю урок на три части, стало спокойнее", by=mentee, now=day(15))
        mark_item(session, items[0], ItemState.DONE, "Видно на уроке", by=mentor, now=day(14))
        report_item(session, items[1], "Провела, пришли двадцать родителей", by=mentee, now=day(2))
