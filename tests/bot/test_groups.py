"""A group of one mentor and several mentees, as each of them and a parent see it."""

from sqlalchemy import select

from mentoring.rules.meetings import MeetingState, Reply
from mentoring.rules.pairs import EndReason, PairState
from mentoring.use_cases.pair_groups import remove_mentee
from mentoring.use_cases.pairs import confirm_pair
from storage.models.meeting import Meeting
from storage.models.pair import Pair
from storage.models.person import Person
from tests.bot.chatting import press, say, settled
from tests.bot.maiak import Maiak
from tests.chat import Persona


def meeting(place: Maiak) -> Meeting:
    return place.read(lambda session: session.scalars(select(Meeting)).one())


def met(place: Maiak) -> tuple[Persona, Persona, Persona]:
    """Анна with a meeting planned for Мила and Тимур, who have been told of it."""
    anna, mentor = place.mentor(capacity=4)
    mila, _, first = place.pupil()
    timur, _, second = place.classmate()
    place.group(mentor, first, second)
    place.deliver()
    press(anna, "Назначить первую встречу")
    for label in ("25.11", "17:00", "В организации", "Готово"):
        press(anna, label)
    place.deliver()
    return anna, mila, timur


def test_a_mentor_reads_of_everybody_in_the_group_and_of_nobody_by_name(place: Maiak) -> None:
    anna, mentor = place.mentor(capacity=4)
    mila, _, first = place.pupil()
    timur, _, second = place.classmate()

    place.group_proposal(mentor, first, second)
    place.deliver()
    told = anna.wait_quiet()

    assert "предлагает вам группу" in told
    assert "В ней двое" in told
    assert "1. Школьник, до 14 лет." in told
    assert "2. Школьник, до 14 лет." in told
    assert not any(word in told for word in ("Мил", "Крылов", "Тимур", "Аслан", "7 «"))
    press(anna, "Да, берусь")
    place.deliver()
    for person in (mila, timur):
        assert "вместе с вами двое" in person.wait_quiet()
        assert person.buttons == ["Подходит", "Не подходит"]


def test_a_group_goes_on_without_the_one_who_said_no(place: Maiak) -> None:
    anna, mentor = place.mentor(capacity=4)
    mila, _, first = place.pupil()
    timur, _, second = place.classmate()
    pair_id = place.group_proposal(mentor, first, second)
    place.deliver()
    press(anna, "Да, берусь")
    place.deliver()

    assert "я напишу, кто ваш наставник" in press(mila, "Подходит")
    say(mila, "/menu")
    assert "Вы согласились на предложенную пару" in mila.screen
    press(timur, "Не подходит")
    assert "это нормально" in press(timur, "Мне нужно другое")

    assert place.read(lambda session: session.get_one(Pair, pair_id).state) is PairState.AGREED
    place.panel(confirm_pair, pair_id)
    place.deliver()
    assert "Ваша пара: Мила Крылова, 7 «Б»" in anna.wait_quiet()
    assert "подберёт другого наставника" in timur.wait_quiet()


def test_an_old_button_of_one_who_answered_waits_for_the_others(place: Maiak) -> None:
    anna, mentor = place.mentor(capacity=4)
    mila, _, first = place.pupil()
    timur, _, second = place.classmate()
    place.group_proposal(mentor, first, second)
    place.deliver()
    press(anna, "Да, берусь")
    place.deliver()
    asked = {person: person.wait_quiet() and person.last for person in (mila, timur)}
    press(mila, "Подходит")
    press(timur, "Не подходит")
    press(timur, "Хочу другого наставника")

    for person, said in ((mila, "я напишу, кто ваш наставник"), (timur, "Не подошло — это нормально")):
        shown = asked[person]
        data = next(button.value for row in shown.rows for button in row if button.text == "Подходит")
        person.press_data(shown.id, data)
        assert said in settled(person)


def test_the_mentor_sees_all_and_a_mentee_only_how_many(place: Maiak) -> None:
    anna, mila, _ = met(place)

    say(anna, "/menu")
    assert "Мила Крылова (7 «Б») и Тимур Асланов (7 «А»)" in press(anna, "Моя группа")
    say(mila, "/menu")
    seen = press(mila, "Моя группа")

    assert "Анна Сергеевна Лебедева" in seen
    assert "ещё один человек" in seen
    assert "Тимур" not in seen


def test_a_meeting_of_a_group_stands_when_it_suits_everybody(place: Maiak) -> None:
    anna, mila, timur = met(place)

    press(mila, "Подходит")
    place.deliver()
    assert "Мила: время подходит" in anna.wait_quiet()
    assert meeting(place).reply is Reply.WAITING
    press(anna, "О встрече")
    assert "Ответили ещё не все" in anna.screen

    press(timur, "Подходит")
    place.deliver()
    assert "Тимур: время подходит" in anna.wait_quiet()
    assert meeting(place).reply is Reply.SUITS


def test_another_time_for_one_is_told_to_all_and_stays_until_it_is_moved(place: Maiak) -> None:
    anna, mila, timur = met(place)
    press(timur, "Другое время")
    place.deliver()

    assert "Тимур: ср, 25 ноября, 17:00 не получается" in anna.wait_quiet()
    told = mila.wait_quiet()
    assert "Кто-то из группы" in told
    assert "Тимур" not in told
    press(mila, "Подходит")
    assert meeting(place).reply is Reply.OTHER_TIME

    press(anna, "Перенести")
    press(anna, "26.11")
    press(anna, "18:00")
    place.deliver()
    for person in (mila, timur):
        assert "Теперь чт, 26 ноября, 18:00" in person.wait_quiet()
        press(person, "Подходит")
    assert meeting(place).reply is Reply.SUITS


def test_everybody_of_a_group_is_asked_how_it_was(place: Maiak) -> None:
    anna, mila, timur = met(place)
    place.later(days=3, hours=1)

    for person in (anna, mila, timur):
        assert "Встреча состоялась?" in person.wait_quiet()
    press(mila, "Состоялась")

    assert meeting(place).state is MeetingState.HELD
    say(timur, "/menu")
    assert "Отзыв о встрече (1)" in timur.buttons


def test_a_newcomer_is_asked_met_by_the_others_and_owes_nothing_of_before(place: Maiak) -> None:
    anna, mentor = place.mentor(capacity=4)
    mila, _, first = place.pupil()
    group = place.pair(mentor, first)
    timur, rustam, second = place.classmate()
    place.later(days=1)

    proposal = place.group_proposal(mentor, second, joins=group)
    place.deliver()
    assert "принять второго наставляемого" in anna.wait_quiet()
    assert "Сейчас у вас: Мила" in anna.screen
    press(anna, "Да, берусь")
    place.deliver()
    assert "вместе с вами двое" in timur.wait_quiet()
    press(timur, "Подходит")
    place.panel(confirm_pair, proposal)
    place.deliver()

    assert "Новый участник: Тимур Асланов, 7 «А»" in anna.wait_quiet()
    assert "стало на одного человека больше" in mila.wait_quiet()
    assert "Тимур" not in mila.screen
    assert "Вы в группе" in timur.wait_quiet()
    assert "вместе с ребёнком двое" in rustam.wait_quiet()


def test_who_has_left_hears_no_more_of_the_meetings(place: Maiak) -> None:
    anna, mila, timur = met(place)
    pair_id = place.read(lambda session: session.scalars(select(Pair.id)).one())
    mila_id = place.read(lambda session: session.scalars(select(Person.id).where(Person.first_name == "Мила")).one())

    place.panel(remove_mentee, pair_id, mila_id, EndReason.SCHEDULE)
    place.deliver()
    assert "Мила Крылова больше не в группе" in anna.wait_quiet()
    assert "стало на одного человека меньше" in timur.wait_quiet()
    assert "участие в группе завершено" in mila.wait_quiet()

    place.later(days=1)
    assert "Скоро встреча" in anna.wait_quiet()
    assert "Скоро встреча" not in mila.wait_quiet()
    say(mila, "/menu")
    assert not any(label.startswith("Встречи") for label in mila.buttons)
