"""A proposal is read without a name, answered in a tap, and becomes a pair by the curator's word."""

from sqlalchemy import select

from mentoring.rules.pairs import PairState
from mentoring.use_cases.pairs import confirm_pair, withdraw_proposal
from storage.models.pair import Pair, PairMember
from tests.bot.chatting import press, say, settled
from tests.bot.maiak import Maiak


def state(place: Maiak) -> PairState:
    return place.read(lambda session: session.scalars(select(Pair.state)).one())


def test_a_mentor_reads_why_this_pupil_and_never_who(place: Maiak) -> None:
    anna, mentor = place.mentor()
    mila, _, mentee = place.pupil()

    place.proposal(mentor, mentee)
    place.deliver()
    told = anna.wait_quiet()

    assert "Куратор предлагает вам пару" in told
    assert "школьник, до 14 лет" in told
    assert "Ответить лучше до" in told
    assert "Обе любят роботов" in told
    assert not any(word in told for word in ("Мил", "Крылов", "7 «Б»"))
    assert anna.buttons == ["Да, берусь", "Не смогу"]
    assert "нашёлся наставник" not in mila.wait_quiet(), "the mentee is asked only after the mentor"


def test_both_accept_and_the_curator_confirms(place: Maiak) -> None:
    anna, mentor = place.mentor()
    mila, vera, mentee = place.pupil()
    pair_id = place.proposal(mentor, mentee)
    place.deliver()

    assert "спросим вторую сторону" in press(anna, "Да, берусь")
    place.deliver()
    told = mila.wait_quiet()
    assert "нашёлся наставник" in told
    assert "Анна" not in told
    assert "куратор вас познакомит" in press(mila, "Подходит")
    assert state(place) is PairState.AGREED

    place.panel(confirm_pair, pair_id)
    place.deliver()
    assert "Мила Крылова, 7 «Б»" in anna.wait_quiet()
    assert "Анна Сергеевна Лебедева" in mila.wait_quiet()
    assert "Назначить первую встречу" in mila.buttons
    assert "есть наставник: Анна Сергеевна Лебедева" in vera.wait_quiet()


def test_a_decline_takes_one_tap_for_the_reason_and_blames_nobody(place: Maiak) -> None:
    anna, mentor = place.mentor()
    _, _, mentee = place.pupil()
    place.proposal(mentor, mentee)
    place.deliver()

    press(anna, "Не смогу")
    declined = press(anna, "Нет времени")

    assert "это нормально" in declined
    assert "Написать куратору" in anna.buttons
    assert state(place) is PairState.DECLINED
    assert place.read(lambda session: [row.reason for row in session.scalars(select(PairMember)) if row.reason]) == [
        "time"
    ]


def test_another_reason_is_typed_or_left_unsaid(place: Maiak) -> None:
    anna, mentor = place.mentor()
    _, _, mentee = place.pupil()
    place.proposal(mentor, mentee)
    place.deliver()
    press(anna, "Не смогу")

    assert "Увидит только куратор" in press(anna, "Другое")
    say(anna, "Уезжаю на курсы до марта")

    said = place.read(lambda session: [row.reason_text for row in session.scalars(select(PairMember))])
    assert "Уезжаю на курсы до марта" in said


def test_a_withdrawn_proposal_says_so_under_its_old_button(place: Maiak) -> None:
    anna, mentor = place.mentor()
    _, _, mentee = place.pupil()
    pair_id = place.proposal(mentor, mentee)
    place.deliver()
    anna.wait_quiet()
    proposal = anna.last
    data = next(button.value for row in proposal.rows for button in row if button.text == "Да, берусь")

    place.panel(withdraw_proposal, pair_id)
    anna.press_data(proposal.id, data)

    assert "Куратор отозвал это предложение" in settled(anna)
    assert state(place) is PairState.WITHDRAWN


def test_a_second_tap_on_yes_changes_nothing(place: Maiak) -> None:
    anna, mentor = place.mentor()
    _, _, mentee = place.pupil()
    place.proposal(mentor, mentee)
    place.deliver()
    anna.wait_quiet()
    proposal = anna.last
    data = next(button.value for row in proposal.rows for button in row if button.text == "Да, берусь")

    for _ in range(3):
        anna.press_data(proposal.id, data)
    settled(anna)

    assert "записано" in anna.screen
    assert state(place) is PairState.ASKED_MENTEE


def test_the_menu_shows_the_pair_and_what_to_do_first(place: Maiak) -> None:
    anna, mentor = place.mentor()
    _, _, mentee = place.pupil()
    place.pair(mentor, mentee)

    say(anna, "/menu")
    seen = press(anna, "Моя пара")

    assert "Мила Крылова, 7 «Б»" in seen
    assert "Встреч ещё не было" in seen
    assert anna.buttons[:2] == ["Назначить первую встречу", "Записать прошедшую встречу"]


def test_without_a_pair_the_menu_says_that_it_is_sought(place: Maiak) -> None:
    anna, _ = place.mentor()

    assert "куратор подбирает пару" in say(anna, "/menu")
    assert "Моя пара" not in anna.buttons
