"""Everything that is kept about a person, in Russian words: what the chat and the panel hand out as a file."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from mentoring.data_words import WORDS
from mentoring.rules.pairs import ACQUAINTED
from mentoring.use_cases.consents import ConsentLine
from mentoring.use_cases.letters import LetterView
from mentoring.use_cases.person_story import EnrolmentLine, MeetingLine, NoticeLine, PairLine, PersonCard, PersonStory
from mentoring.use_cases.responses import ResponseView

Sheet = dict[str, Any]


def data_sheet(story: PersonStory, responses: Iterable[ResponseView], *, organisation: str, zone: str) -> Sheet:
    """``zone``: of the organisation. Ready for JSON. Nobody's name stands in it before the person may know it."""
    when = _clock(ZoneInfo(zone))
    known = [pair for pair in story.pairs if pair.state in _KNOWN]
    return {
        "Организация": organisation,
        "Обо мне": _about(story.card, when),
        "Чат": _chat(story.card, when),
        "Участие": [_enrolment(line, when) for line in story.enrolments],
        "Родные": [_relative(one.name, one.relation, guardian=one.is_guardian) for one in story.relatives],
        "Согласия": [_consent(line, when) for line in story.consents],
        "Анкеты и отзывы": [_response(view, when) for view in responses],
        "Пары": [_pair(line, when) for line in known],
        "Предложения пар": [_proposal(line, when) for line in story.pairs if line.state not in _KNOWN],
        "Встречи": [_meeting(line, when) for line in story.meetings],
        "Переписка с куратором": [_letter(letter, when) for letter in story.letters],
        "Сообщения программы": [_notice(line, when) for line in story.notices],
        "Удаление данных": f"до {when(story.erasure_due_at)}" if story.erasure_due_at else "не запрошено",
    }


def _clock(zone: ZoneInfo) -> Callable[[datetime | None], str]:
    return lambda at: at.astimezone(zone).strftime("%d.%m.%Y %H:%M") if at else ""


def _about(card: PersonCard, when: Callable[[datetime | None], str]) -> Sheet:
    return {
        "Фамилия, имя, отчество": card.name,
        "Дата рождения": card.birth_date.strftime("%d.%m.%Y") if card.birth_date else "",
        "Возраст": _word(card.age_group),
        "Кто": _word(card.kind),
        "Класс, курс или должность": card.place,
        "Телефон": card.phone,
        "Запись создана": when(card.created_at),
    }


def _chat(card: PersonCard, when: Callable[[datetime | None], str]) -> Sheet:
    if not card.channel:
        return {"Мессенджер": "не подключён"}
    return {
        "Мессенджер": card.channel,
        "Имя пользователя": card.username,
        "Недоступен с": when(card.unreachable_since),
    }


def _enrolment(line: EnrolmentLine, when: Callable[[datetime | None], str]) -> Sheet:
    return {
        "Программа": line.programme_name,
        "Роль": _word(line.role),
        "Состояние": _word(line.status),
        "С": when(line.status_at),
        "Сколько наставляемых или наставников": line.capacity,
        "Форма": line.form,
        "Замечание куратора": line.remark,
    }


def _relative(name: str, relation: str, *, guardian: bool) -> Sheet:
    return {"Кто": relation or ("законный представитель" if guardian else "ребёнок"), "Имя": name}


def _consent(line: ConsentLine, when: Callable[[datetime | None], str]) -> Sheet:
    return {
        "Документ": f"{line.title}, редакция {line.version}",
        "О ком": line.whose_name,
        "Чьё решение": line.given_by_name,
        "Решение": _word(line.decision),
        "Когда": when(line.decided_at),
        "Как": "на бумаге" if line.on_paper else "в чате",
        "Отозвано": when(line.withdrawn_at),
        "Действует": "да" if line.in_force else "нет",
    }


def _response(view: ResponseView, when: Callable[[datetime | None], str]) -> Sheet:
    return {
        "Название": view.title,
        "Состояние": _word(view.state),
        "Отправлено": when(view.submitted_at),
        "Ответы": {row.text: row.answer for row in view.rows},
        "Отправлено раньше": [
            {"Когда": when(sent.submitted_at), "Ответы": {row.text: row.answer for row in sent.rows}}
            for sent in view.submissions[:-1]
        ],
    }


def _pair(line: PairLine, when: Callable[[datetime | None], str]) -> Sheet:
    return {
        "Моя роль": _word(line.own_role),
        "С кем": ", ".join(name for _, name in line.others),
        "Состояние": _word(line.state),
        "С": when(line.state_at),
        "Последняя встреча": when(line.last_met_at),
    }


def _proposal(line: PairLine, when: Callable[[datetime | None], str]) -> Sheet:
    return {"Моя роль": _word(line.own_role), "Состояние": _word(line.state), "С": when(line.state_at)}


def _meeting(line: MeetingLine, when: Callable[[datetime | None], str]) -> Sheet:
    return {
        "Когда": when(line.starts_at),
        "Минут": line.minutes,
        "Вид": _word(line.kind),
        "Состояние": _word(line.state),
        "Место": line.place,
        "Тема": line.topic,
    }


def _letter(letter: LetterView, when: Callable[[datetime | None], str]) -> Sheet:
    return {"Когда": when(letter.written_at), "От кого": letter.author_name, "Текст": letter.text}


def _notice(line: NoticeLine, when: Callable[[datetime | None], str]) -> Sheet:
    return {"О чём": _word(line.kind), "Состояние": _word(line.state), "Когда": when(line.sent_at or line.due_at)}


def _word(word: StrEnum | None) -> str:
    return WORDS[type(word)].get(word, word.value) if word is not None else ""


_KNOWN = ACQUAINTED
