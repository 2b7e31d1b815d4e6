"""Who takes part: what each would answer to the entry questionnaire. Ids are those of the sandbox's cast."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from mentoring.rules.people import AgeGroup, Role, age_group_on

Answers = dict[str, str | list[str]]

LONGEST_STORY = timedelta(days=60)  # longer than all that is told of the season


@dataclass(frozen=True, slots=True)
class Player:
    """``chat_id`` is None for a person without a messenger: the curator copies their paper form."""

    last_name: str
    first_name: str
    patronymic: str
    role: Role
    age_group: AgeGroup
    birth_date: str
    answers: Answers
    chat_id: str | None = None
    guardian: str = ""
    relation: str = ""
    form: Answers = field(init=False)

    def __post_init__(self) -> None:
        own = {"last_name": self.last_name, "first_name": self.first_name, "birth_date": self.birth_date}
        patronymic = {"patronymic": self.patronymic} if self.patronymic else {}
        object.__setattr__(self, "form", {**own, **patronymic, **self.answers})

    @property
    def born(self) -> date:
        return datetime.strptime(self.birth_date, "%d.%m.%Y").date()  # noqa: DTZ007 - a date has no zone

    def of_their_age(self, day: date) -> "Player":
        """The same person whenever the school is opened: born so many years later that no pupil grows up in it."""
        born, last = self.born, day + LONGEST_STORY
        youngest_first = list(AgeGroup)
        while youngest_first.index(age_group_on(born, last)) > youngest_first.index(self.age_group):
            born = born.replace(year=born.year + 1)
        return replace(self, birth_date=f"{born:%d.%m.%Y}")


def _mentor(**answers: str | list[str]) -> Answers:
    usual: Answers = {"format": "any", "been_mentor": "no", "day_parts": ["afternoon"], "hours": "1_2", "capacity": "1"}
    return {**usual, **answers}


def _mentee(**answers: str | list[str]) -> Answers:
    return {"format": "any", "day_parts": ["afternoon"], **answers}


ANNA = Player(
    "Лебедева",
    "Анна",
    "Сергеевна",
    Role.MENTOR,
    AgeGroup.ADULT,
    "14.05.1981",
    _mentor(
        kind="teacher",
        post="учитель физики",
        phone="+7 912 000-00-01",
        whom=["teachers", "age_13_14"],
        can_help_teacher=["methods", "class_teacher", "support"],
        can_help=["study"],
        experience="22 года в школе: как удержать внимание седьмого класса и не сорвать голос.",
        interests=["science", "books"],
        capacity="2",
        days=["tue", "thu"],
        been_mentor="yes",
        been_where="вела двух студентов на практике",
        training=["feedback", "talking"],
        why="Меня в первый год тоже спасли коллеги.",
    ),
    chat_id="1001",
)
OLEG = Player(
    "Титов",
    "Олег",
    "",
    Role.MENTOR,
    AgeGroup.FROM_14_TO_17,
    "03.02.2009",
    _mentor(
        kind="pupil",
        **{"class": "11 «А»"},
        whom=["age_13_14", "age_15_17"],
        can_help=["projects", "study"],
        experience="Капитан команды по робототехнике, третий год ездим на «Битву роботов».",
        interests=["tech"],
        capacity="2",
        days=["tue", "wed", "fri"],
        training=["talking", "goals"],
        why="Хочу, чтобы команда осталась сильной после нас.",
    ),
    chat_id="1002",
    guardian="Титова Наталья Юрьевна",
    relation="мать",
)
IGOR = Player(
    "Ветров",
    "Игорь",
    "Павлович",
    Role.MENTOR,
    AgeGroup.ADULT,
    "29.09.1979",
    _mentor(
        kind="specialist",
        post="инженер-конструктор, завод «Приозёрный»",
        phone="+7 912 000-00-03",
        whom=["age_15_17"],
        can_help=["career", "projects"],
        experience="Двадцать лет проектирую станки, могу показать, как деталь доходит от чертежа до цеха.",
        interests=["tech", "travel"],
        days=["wed", "sat"],
        day_parts=["evening"],
        why="Нам нужны молодые инженеры.",
    ),
    chat_id="1003",
)
TIMUR = Player(
    "Асланов",
    "Тимур",
    "",
    Role.MENTEE,
    AgeGroup.FROM_14_TO_17,
    "18.07.2010",
    _mentee(
        kind="pupil",
        **{"class": "10 «А»"},
        request=["projects", "career"],
        goal="Пройти на региональный этап олимпиады по технологии.",
        interests=["tech", "science"],
        days=["tue", "fri"],
    ),
    chat_id="1005",
    guardian="Асланова Лейла Руслановна",
    relation="мать",
)
DARYA = Player(
    "Соколова",
    "Дарья",
    "Игоревна",
    Role.MENTEE,
    AgeGroup.ADULT,
    "21.11.2003",
    _mentee(
        kind="teacher",
        post="учитель математики, первый год",
        phone="+7 912 000-00-06",
        request_teacher=["methods", "class_teacher", "parents"],
        goal="Перестать бояться открытых уроков и родительских собраний.",
        interests=["books", "music"],
        days=["tue", "thu"],
    ),
    chat_id="1006",
)

BELOVA = Player(
    "Белова",
    "Марина",
    "Олеговна",
    Role.MENTOR,
    AgeGroup.ADULT,
    "02.03.1986",
    _mentor(
        kind="teacher",
        post="учитель английского языка",
        whom=["age_13_14", "age_15_17"],
        can_help=["study", "confidence"],
        experience="Готовлю к устным экзаменам, знаю, как разговорить молчунов.",
        interests=["travel", "books"],
        capacity="2",
        days=["mon", "thu"],
        why="Интересно работать не с классом, а с одним человеком.",
    ),
)
KUZMIN = Player(
    "Кузьмин",
    "Сергей",
    "Андреевич",
    Role.MENTOR,
    AgeGroup.ADULT,
    "17.10.1974",
    _mentor(
        kind="teacher",
        post="учитель истории",
        whom=["teachers"],
        can_help_teacher=["paperwork", "attestation"],
        experience="Аттестовался четыре раза, помогаю коллегам собрать документы.",
        days=["mon", "wed"],
        why="Попросили коллеги.",
    ),
)
FOMINA = Player(
    "Фомина",
    "Алина",
    "",
    Role.MENTOR,
    AgeGroup.FROM_14_TO_17,
    "25.04.2009",
    _mentor(
        kind="pupil",
        **{"class": "11 «Б»"},
        whom=["age_10_12", "age_13_14"],
        can_help=["confidence", "leadership"],
        experience="Веду школьную газету и выступаю на сцене, хотя в пятом классе боялась ответить у доски.",
        interests=["music", "books"],
        days=["wed", "fri"],
        why="Хочу помочь тем, кто стесняется, как я раньше.",
    ),
    guardian="Фомин Денис Викторович",
    relation="отец",
)
ZUEV = Player(
    "Зуев",
    "Артём",
    "",
    Role.MENTEE,
    AgeGroup.FROM_14_TO_17,
    "30.01.2012",
    _mentee(
        kind="pupil",
        **{"class": "8 «А»"},
        request=["study"],
        goal="Подтянуть физику до четвёрки.",
        days=["mon", "thu"],
    ),
    guardian="Зуева Ирина Павловна",
    relation="мать",
)
RYZHOVA = Player(
    "Рыжова",
    "София",
    "",
    Role.MENTEE,
    AgeGroup.FROM_14_TO_17,
    "12.06.2011",
    _mentee(
        kind="pupil",
        **{"class": "9 «В»"},
        request=["confidence", "leadership"],
        goal="Провести классный час и не убежать.",
        interests=["music", "art"],
        days=["wed", "fri"],
    ),
    guardian="Рыжов Антон Сергеевич",
    relation="отец",
)
LAPIN = Player(
    "Лапин",
    "Никита",
    "",
    Role.MENTEE,
    AgeGroup.UNDER_14,
    "08.12.2012",
    _mentee(
        kind="pupil",
        **{"class": "7 «А»"},
        request=["adaptation", "sport_art"],
        goal="Найти друзей в новой школе.",
        interests=["sport"],
        days=["tue", "sat"],
    ),
    guardian="Лапина Юлия Олеговна",
    relation="мать",
)
NOSOVA = Player(
    "Носова",
    "Екатерина",
    "Андреевна",
    Role.MENTEE,
    AgeGroup.ADULT,
    "05.09.2002",
    _mentee(
        kind="teacher",
        post="учитель истории, второй год",
        request_teacher=["paperwork", "attestation"],
        goal="Подготовиться к аттестации без паники.",
        days=["mon", "wed"],
    ),
)
ON_PAPER = (BELOVA, KUZMIN, FOMINA, ZUEV, RYZHOVA, LAPIN, NOSOVA)
MILA_CHAT, OLGA_CHAT = "1004", "1008"
