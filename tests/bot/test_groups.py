"""A group of one mentor and several mentees, as each of them and a parent see it."""

from sqlalchemy import select

from mentoring.rules.meetings import Reply
from mentoring.rules.pairs import EndReason, PairState
from mentoring.use_cases.pairs import confirm_pair, remove_mentee
from storage.models.meeting import Meeting
from storage.models.pair import Pair
from storage.models.person import Person
from tests.bot.chatting import press, say, settled
from tests.bot.maiak import Maiak


def meeting(place: Maiak) -> Meeting:
    return place.read(lambda session: session.scalars(select(Meeting)).one())


def test_a_group_is_proposed_without_names_and_goes_on_without_the_one_who_said_no(place: Maiak) -> None:
    anna, mentor = place.mentor(capacity=4)
    mila, _, first = place.pupil()
    timur, _, second = place.classmate()

    pair_id = place.group_proposal(mentor, first, second)
    place.deliver()
    told = anna.wait_quiet()
    assert "предлагает вам группу" in told
    assert "В ней двое" in told
    assert "2. Школьник, до 14 лет." in told
    assert not any(word in told for word in ("Мил", "Крылов", "Тимур", "Аслан", "7 «"))

    press(anna, "Да, берусь")
    place.deliver()
    asked = {}
    for person in (mila, timur):
        assert "вместе с вами двое" in person.wait_quiet()
        assert person.buttons == ["Подходит", "Не подходит"]
        asked[person] = person.last
    assert "я напишу, кто ваш наставник" in press(mila, "Подходит")
    press(timur, "Не подходит")
    assert "это нормально" in press(timur, "Мне нужно другое")
    assert place.read(lambda session: session.get_one(Pair, pair_id).state) is PairState.AGREED

    for person, said in ((mila, "я напишу, кто ваш наставник"), (timur, "Не подошло — это нормально")):
        old = asked[person]
        person.press_data(old.id, next(one.value for row in old.rows for one in row if one.text == "Подходит"))
        assert said in settled(person)
    assert "Вы согласились на предложенную пару" in say(mila, "/menu")
    place.panel(confirm_pair, pair_id)
    place.deliver()
    assert "Ваша пара: Мила Крылова, 7 «Б»" in anna.wait_quiet()
    assert "Не подошло" in timur.wait_quiet()


def test_a_meeting_of_a_group_is_agreed_with_everybody(place: Maiak) -> None:
    anna, mentor = place.mentor(capacity=4)
    mila, _, first = place.pupil()
    timur, _, second = place.classmate()
    place.group(mentor, first, second)
    place.deliver()
    assert "Мила Крылова (7 «Б») и Тимур Асланов (7 «А»)" in press(anna, "Моя группа")
    seen = press(mila, "Моя группа")
    assert "ещё один человек" in seen
    assert "Тимур" not in seen

    for label in ("Назначить первую встречу", "25.11", "17:00", "В организации", "Готово"):
        press(anna, label)
    place.deliver()
    press(mila, "Подходит")
    place.deliver()
    assert "Мила: время подходит" in anna.wait_quiet()
    assert "Ответили ещё не все" in press(anna, "О встрече")
    press(timur, "Другое время")
    place.deliver()
    assert "Тимур: ср, 25 ноября, 17:00 не получается" in anna.wait_quiet()
    told = mila.wait_quiet()
    assert "Кто-то из группы" in told
    assert "Тимур" not in told
    assert meeting(place).reply is Reply.OTHER_TIME

    for label in ("Перенести", "26.11", "18:00"):
        press(anna, label)
    place.deliver()
    for person in (mila, timur):
        assert "Теперь чт, 26 ноября, 18:00" in person.wait_quiet()
        press(person, "Подходит")
    assert meeting(place).reply is Reply.SUITS
    place.later(days=4)
    for person in (anna, mila, timur):
        assert "Встреча состоялась?" in person.wait_quiet()
    press(mila, "Состоялась")
    say(timur, "/menu")
    assert "Отзыв о встрече (1)" in timur.buttons


def test_one_comes_into_a_group_and_another_leaves_it(place: Maiak) -> None:
    anna, mentor = place.mentor(capacity=4)
    mila, _, first = place.pupil()
    timur, rustam, second = place.classmate()
    group = place.pair(mentor, first)
    place.later(days=1)

    proposal = place.group_proposal(mentor, second, joins=group)
    place.deliver()
    assert "Сейчас у вас: Мила" in anna.wait_quiet()
    press(anna, "Да, берусь")
    place.deliver()
    assert "вместе с вами двое" in timur.wait_quiet()
    press(timur, "Подходит")
    place.panel(confirm_pair, proposal)
    place.deliver()
    assert "Новый участник: Тимур Асланов, 7 «А»" in anna.wait_quiet()
    assert "стало на одного человека больше" in mila.wait_quiet()
    assert "Вы в группе" in timur.wait_quiet()
    assert "вместе с ребёнком двое" in rustam.wait_quiet()

    say(anna, "/menu")
    for label in ("Моя группа", "Назначить первую встречу", "26.11", "17:00", "В организации", "Готово"):
        press(anna, label)
    mila_id = place.read(lambda session: session.scalars(select(Person.id).where(Person.first_name == "Мила")).one())
    place.panel(remove_mentee, group, mila_id, EndReason.SCHEDULE)
    place.deliver()
    assert "Мила Крылова больше не в группе" in anna.wait_quiet()
    assert "участие в группе завершено" in mila.wait_quiet()
    place.later(days=1, hours=2)
    assert "Скоро встреча" in anna.wait_quiet()
    assert "Скоро встреча" not in mila.wait_quiet()
    say(mila, "/menu")
    assert not any(label.startswith("Встречи") for label in mila.buttons)
