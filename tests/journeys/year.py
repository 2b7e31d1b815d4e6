"""Two hundred people for one school year: six pairs in the chat, the others on paper, all through the doors.

Answers are drawn from a seeded generator, so that every run tells the same year; nothing here looks at the records.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from random import Random

from tests.admin.conftest import ORIGIN, Browser
from tests.chat import Persona
from tests.journeys.answering import Hands, Said, Sheet, sheet
from tests.journeys.stage import Stage

SEED = 20_261_122
IN_CHAT, ON_PAPER = 6, 94

SURNAMES = ("Зорин", "Лугов", "Рябов", "Сомов", "Тихонов", "Ушаков", "Фомин", "Холмов", "Чайкин", "Яшин")
NAMES = ("Андрей", "Борис", "Виктор", "Глеб", "Денис", "Егор", "Захар", "Илья", "Кирилл", "Лев")


@dataclass(slots=True)
class Participant:
    """``kind`` and ``born`` decide which consents are needed; ``person`` is None for somebody without a chat."""

    last: str
    first: str
    role: str
    kind: str
    born: str
    place: str
    guardian: str = ""
    person: Persona | None = None
    person_id: int = 0
    enrolment_id: int = 0

    @property
    def full(self) -> str:
        return f"{self.last} {self.first}"

    @property
    def consents(self) -> list[tuple[str, str]]:
        """Kind of consent and who signs it when it is not the person: on 23 November 2026."""
        if not self.guardian:
            return [("personal_data_adult", "")]
        parents = [("personal_data_guardian", self.guardian)]
        return parents if self.born > "2012-11-23" else [("personal_data_minor", ""), *parents]


@dataclass(slots=True)
class Couple:
    form: str
    mentor: Participant
    mentee: Participant
    pair_id: int = 0
    meetings: list[int] = field(default_factory=list)

    @property
    def both(self) -> tuple[Participant, Participant]:
        return self.mentor, self.mentee


# form: (kind, born, place) of the mentor, and of the mentee
PAPER_FORMS = (
    ("pupil_pupil", ("pupil", "2010-02-03", "11 «А»"), ("pupil", "2014-05-06", "6 «Б»")),
    ("student_pupil", ("student", "2006-03-04", "2 курс"), ("pupil", "2011-06-07", "9 «В»")),
    ("employer_student", ("specialist", "1985-04-05", "инженер"), ("student", "2007-07-08", "1 курс")),
    ("teacher_pupil", ("teacher", "1979-08-09", "учитель химии"), ("pupil", "2012-09-10", "8 «А»")),
)


def couples() -> list[Couple]:
    names = _names()
    chat = [
        Couple(
            "teacher_teacher",
            Participant(*next(names), "mentor", "teacher", "1980-01-02", "учитель физики"),
            Participant(*next(names), "mentee", "teacher", "2001-02-03", "учитель информатики"),
        )
        for _ in range(IN_CHAT)
    ]
    paper = [
        Couple(form, _on_paper(next(names), "mentor", mentor), _on_paper(next(names), "mentee", mentee))
        for number in range(ON_PAPER)
        for form, mentor, mentee in (PAPER_FORMS[number % len(PAPER_FORMS)],)
    ]
    return chat + paper


def _names() -> Iterator[tuple[str, str]]:
    for number in range(1000):
        tail = "-Речной" * (number // 100 % 2) + "-Озёрный" * (number // 200)
        yield SURNAMES[number % 10] + tail, NAMES[number // 10 % 10]


def _on_paper(name: tuple[str, str], role: str, who: tuple[str, str, str]) -> Participant:
    kind, born, place = who
    minor = born > "2008-11-23"
    return Participant(*name, role, kind, born, place, guardian="Зорина Ольга Павловна" if minor else "")


class Panel:
    """The curator's hands: one token for many forms, as a browser keeps it."""

    def __init__(self, curator: Browser) -> None:
        self.curator = curator
        self.token = curator.token()

    def send(self, path: str, data: Mapping[str, object], *, expected: int = 303) -> str:
        """Where the panel leads after the form."""
        answer = self.curator.client.post(
            path, data={"csrf_token": self.token, **data}, headers={"Referer": ORIGIN + path}
        )
        assert answer.status_code == expected, f"{path}: {answer.status_code}\n{_complaints(answer.text)}"
        return str(answer.headers.get("Location", ""))


def _complaints(page: str) -> str:
    return "\n".join(re.findall(r'class="(?:error|said bad)[^>]*>([^<]+)', unescape(page))) or page[:2000]


# Coming in


ENTRY = {"mentor": "mentor_entry", "mentee": "mentee_request"}


def everybody_comes(season: Stage, pairs: Sequence[Couple]) -> None:
    chance, panel = Random(SEED), Panel(season.curator)
    chatting = [one for couple in pairs[:IN_CHAT] for one in couple.both]
    for one in chatting:
        one.person = season.sandbox.newcomer(one.first, one.last)
    links = {role: season.link(role) for role in ENTRY}
    forms = {one.full: _entry(one, chance) for couple in pairs for one in couple.both}
    at_once(chatting, lambda one: _comes_by_chat(one, links[one.role], forms[one.full]))
    for couple in pairs[IN_CHAT:]:
        for one in couple.both:
            _comes_on_paper(panel, one, forms[one.full])
    _look_up(season.curator, [one for couple in pairs for one in couple.both])
    panel.send("/people/approve", {"id": [one.person_id for couple in pairs for one in couple.both], "sure": "1"})
    assert "Сначала" not in (said := season.curator.text("/people/?status=submitted")), said


def at_once(people: Sequence[Participant], act: Callable[[Participant], object]) -> None:
    """Several people at once, as in life; the first failure is the test's."""
    with ThreadPoolExecutor(8) as crowd:
        for done in [crowd.submit(act, one) for one in people]:
            done.result()


def _entry(one: Participant, chance: Random) -> Sheet:
    year, month, day = one.born.split("-")
    known = {
        "kind": one.kind,
        "last_name": one.last,
        "first_name": one.first,
        "patronymic": None,
        "birth_date": f"{day}.{month}.{year}",
        "class": one.place,
        "course": one.place,
        "post": one.place,
        "phone": None,
        "capacity": "1",
    }
    return sheet(ENTRY[one.role], chance, known)


def _comes_by_chat(one: Participant, link: str, form: Sheet) -> None:
    assert one.person
    one.person.start(link)
    one.person.wait_for("Гимназия «Маяк»")
    hands = Hands(one.person)
    for label in ("18 лет или больше", "Даю согласие", "Заполнить анкету"):
        hands.press(label)
    hands.fill(form)
    hands.press("Отправить")
    assert "анкета отправлена" in one.person.screen


def _comes_on_paper(panel: Panel, one: Participant, form: Sheet) -> None:
    one.person_id = _number(
        panel.send(
            "/people/new",
            {
                "last_name": one.last,
                "first_name": one.first,
                "patronymic": "",
                "role": one.role,
                "kind": one.kind,
                "birth_date": one.born,
                "place": one.place,
                "phone": "",
            },
        )
    )
    for kind, signer in one.consents:
        panel.send(
            f"/person/{one.person_id}/paper-consent/{kind}",
            {
                "decision": "given",
                "given_by_name": signer,
                "relation": "мама" if signer else "",
                "signed_on": "2026-11-20",
            },
        )
    page = panel.curator.text(f"/person/{one.person_id}")
    sheet_address = re.search(r'href="(/paper/(\d+))"', page)
    assert sheet_address, page
    one.enrolment_id = int(sheet_address[2])
    panel.send(sheet_address[1], form.on_paper())


def _look_up(curator: Browser, everybody: Sequence[Participant]) -> None:
    """Who they are in the panel: found by their names, as a curator finds them."""
    for one in everybody:
        if one.person_id:
            continue
        found = re.search(
            rf'href="/person/(\d+)"[^>]*>\s*{re.escape(one.full)}\s*<', curator.text(f"/people/?q={one.full}")
        )
        assert found, one.full
        one.person_id = int(found[1])
        approve = re.search(rf"/person/{one.person_id}/approve/(\d+)", curator.text(f"/person/{one.person_id}"))
        assert approve, one.full
        one.enrolment_id = int(approve[1])


# Pairs and meetings


def pairs_are_made(season: Stage, pairs: Sequence[Couple]) -> None:
    panel = Panel(season.curator)
    for couple in pairs:
        offer = f"/pairs/propose/{couple.mentor.enrolment_id}/{couple.mentee.enrolment_id}"
        couple.pair_id = _number(
            panel.send(offer, {"form": "", "role_model": "", "reasons": "Подходят по дням и по запросу."})
        )
    for couple in pairs[IN_CHAT:]:
        for one in couple.both:
            panel.send(f"/pairs/{couple.pair_id}/answer/{one.person_id}", {"yes": "1"})
    for role, yes in (("mentor", "Да, берусь"), ("mentee", "Подходит")):
        season.bot.tick()
        at_once([one for couple in pairs[:IN_CHAT] for one in couple.both if one.role == role], _agrees(yes))
    for couple in pairs:
        panel.send(f"/pairs/{couple.pair_id}/confirm", {})
    season.bot.tick()


def they_meet(season: Stage, pairs: Sequence[Couple], day: str) -> None:
    """Once, written down by the curator; ``day`` is local, as typed: «2026-12-01T15:00»."""
    panel = Panel(season.curator)
    for couple in pairs:
        panel.send(
            f"/meetings/log/{couple.pair_id}",
            {"held_at": day, "minutes": "45", "kind": "", "place_kind": "organisation", "topic": "Первые шаги"},
        )


def _agrees(yes: str) -> Callable[[Participant], None]:
    def agree(one: Participant) -> None:
        assert one.person
        Hands(one.person).press(yes)

    return agree


def _number(address: str) -> int:
    found = re.search(r"/(\d+)$", address)
    assert found, address
    return int(found[1])


# Surveys


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said in a survey, as the test itself remembers it."""

    form: str
    role: str
    moment: str
    person_id: int
    pair_id: int
    said: dict[str, Said]

    @property
    def key(self) -> str:
        return f"survey_{self.form}_{self.role}_{self.moment}"


def they_are_surveyed(season: Stage, pairs: Sequence[Couple], moment: str, closes_at: str) -> list[Told]:
    """Every form and role is asked at once. In the chat all answer, on paper nine in ten."""
    chance, panel = Random(f"{SEED}:{moment}"), Panel(season.curator)
    campaigns = {
        (form, role): _start(panel, form, role, moment, closes_at)
        for form in dict.fromkeys(couple.form for couple in pairs)
        for role in ENTRY
    }
    season.bot.tick()
    sheets = {
        (couple.pair_id, one.role): sheet(f"survey_{couple.form}_{one.role}_{moment}", chance)
        for couple in pairs
        for one in couple.both
    }
    chatting = {one.full: couple for couple in pairs[:IN_CHAT] for one in couple.both}
    at_once(
        [one for couple in pairs[:IN_CHAT] for one in couple.both],
        lambda one: _answers_in_chat(one, sheets[chatting[one.full].pair_id, one.role]),
    )
    silent = {(couple.pair_id, one.role) for couple in pairs[IN_CHAT:] for one in couple.both if chance.random() < 0.1}
    for (form, role), campaign_id in campaigns.items():
        waiting = _waiting(season.curator, campaign_id)
        for couple in (one for one in pairs[IN_CHAT:] if one.form == form):
            person = couple.mentor if role == "mentor" else couple.mentee
            if (couple.pair_id, role) not in silent:
                panel.send(f"/paper/recipient/{waiting[person.person_id]}", sheets[couple.pair_id, role].on_paper())
    return [
        Told(couple.form, one.role, moment, one.person_id, couple.pair_id, sheets[couple.pair_id, one.role].asked())
        for couple in pairs
        for one in couple.both
        if (couple.pair_id, one.role) not in silent
    ]


def _start(panel: Panel, form: str, role: str, moment: str, closes_at: str) -> int:
    chosen = {
        "title": f"Опрос {form} {role} {moment}",
        "audience": f"{role}s",
        "forms": [form],
        "closes_at": closes_at,
        "ticket": f"{form}-{role}-{moment}",
        "sure": "yes",
    }
    return _number(panel.send(f"/campaigns/new/survey_{form}_{role}_{moment}", chosen))


def _answers_in_chat(one: Participant, answers: Sheet) -> None:
    assert one.person
    one.person.press("Ответить")
    one.person.wait_for("Вопрос 1")
    hands = Hands(one.person)
    hands.fill(answers)
    hands.press("Отправить")
    assert "Спасибо" in one.person.screen, one.person.dump()


def _waiting(curator: Browser, campaign_id: int) -> dict[int, int]:
    """Whose sheet may be typed in: the person and the recipient, as the campaign's pages show them."""
    found: dict[int, int] = {}
    for page in range(1, 9):
        html = curator.text(f"/campaigns/{campaign_id}?page={page}")
        for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL):
            person = re.search(r'href="/person/(\d+)"', row)
            recipient = re.search(r'href="/paper/recipient/(\d+)"', row)
            if person and recipient:
                found[int(person[1])] = int(recipient[1])
        if 'rel="next"' not in html:
            break
    return found
