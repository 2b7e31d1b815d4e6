"""Forms in the chat: one question a screen, back, later, corrections, and nothing lost."""

import re

import pytest
from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import select

from bot import callbacks
from bot.screen import Screen
from bot.screens import questionnaires
from config.library import questionnaire_definitions
from mentoring.rules.people import Role
from mentoring.rules.questionnaire import OptionView, QuestionView, ResponseState, Screenful, ScreenKind
from mentoring.rules.questions.kinds import KINDS
from mentoring.rules.questions.parsing import parse_definition
from mentoring.use_cases.enrolment import return_enrolment
from storage.models.person import Person
from storage.models.questionnaire import Answer, Response, Submission
from tests.bot.chatting import ANNA, fill_in, press, say, settled, start
from tests.bot.maiak import Maiak
from tests.bot.running import running_bot
from tests.bot.test_texts import LARGEST_ID
from tests.chat import Persona


def begun(place: Maiak) -> Persona:
    """Анна at the first question."""
    anna = place.sandbox.newcomer("Анна")
    start(anna, place.link(Role.MENTOR))
    press(anna, "18 лет")
    press(anna, "Даю согласие")
    press(anna, "Заполнить анкету")
    return anna


def answers(place: Maiak) -> dict[str, object]:
    return place.read(lambda session: {row.key: row.value for row in session.scalars(select(Answer))})


def test_the_first_screen_says_how_long_it_takes_and_who_will_read(place: Maiak) -> None:
    anna = begun(place)

    assert re.search(r"Вопрос 1 из \d+", anna.screen)
    assert "около 5 минут" in anna.screen
    assert "увидит куратор" in anna.screen
    assert anna.buttons[-1] == "Позже"


def test_a_whole_form_is_answered_reviewed_and_sent(place: Maiak) -> None:
    anna = begun(place)

    review = fill_in(anna, ANNA)
    assert "2. Ваша фамилия?\nЛебедева" in review
    assert "пропущено" in review
    assert anna.buttons == ["Отправить", "Изменить", "Позже"]
    sent = press(anna, "Отправить")

    assert "анкета отправлена" in sent
    assert "куратор" in sent
    assert place.read(lambda session: session.scalars(select(Submission)).one().number) == 1
    assert "Анкета у куратора" in press(anna, "Меню")


def test_a_choice_is_edited_in_place_and_typed_words_bring_a_new_message(place: Maiak) -> None:
    anna = begun(place)
    first = anna.last.id

    press(anna, "Работаю педагогом")
    assert anna.last.id == first
    say(anna, "Лебедева")

    assert anna.last.id > first
    assert [message.id for message in anna.chat if "Вопрос" in message.text] == [anna.last.id]


def test_several_options_are_ticked_and_a_double_tap_ticks_once(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA, until="В какие дни")

    press(anna, "Вторник")
    assert "✓ Вторник" in anna.buttons
    ticked = anna.last
    data = next(button.value for row in ticked.rows for button in row if button.text == "Четверг")
    anna.press_data(ticked.id, data)
    anna.press_data(ticked.id, data)
    settled(anna)

    assert [label for label in anna.buttons if label.startswith("✓")] == ["✓ Вторник", "✓ Четверг"]
    assert anna.buttons[-3:] == ["Готово", "← Назад", "Позже"]


def test_nothing_chosen_is_said_kindly_and_the_question_stays(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA, until="В какие дни")

    assert "Пока ничего не выбрано" in press(anna, "Готово")
    assert "В какие дни" in anna.screen


def test_back_shows_the_earlier_question_with_its_answer(place: Maiak) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    say(anna, "Лебедева")

    back = press(anna, "← Назад")

    assert "Ваша фамилия?" in back
    assert "Сейчас записано: Лебедева" in back
    assert "Ваше имя?" in press(anna, "Оставить этот ответ")


def test_later_keeps_everything_and_the_menu_offers_to_go_on(place: Maiak) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    say(anna, "Лебедева")

    assert "Сохранено: 2 ответа" in press(anna, "Позже")
    assert "Продолжить анкету" in anna.buttons
    press(anna, "Меню")
    assert "ответов: 2" in anna.screen
    assert "Ваше имя?" in press(anna, "Продолжить анкету")


def test_after_a_restart_the_person_is_at_the_same_question(place: Maiak, database_url: str) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    say(anna, "Лебедева")
    place.bot.stop()

    with running_bot(place.sandbox, database_url, place.clock) as restarted:
        assert "Ваше отчество?" in say(anna, "Анна")
        restarted.rest()
    place.bot.start = lambda: None  # type: ignore[method-assign]
    place.bot.stop = lambda: None  # type: ignore[method-assign]

    assert answers(place)["first_name"] == "Анна"


def test_an_answer_is_changed_on_the_review_page(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA)

    press(anna, "Изменить")
    assert "Какой ответ изменить?" in anna.screen
    assert "Меняем ответ 2" in press(anna, "2")
    review = say(anna, "Лебедева-Маркова")

    assert "Проверьте ответы" in review
    assert "Лебедева-Маркова" in review


def test_an_edited_message_corrects_the_last_typed_answer(place: Maiak) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    say(anna, "Лебдева")

    anna.edit_last("Лебедева")
    corrected = anna.wait_quiet()

    assert "Исправление учтено" in corrected
    assert "Ваше имя?" in corrected
    assert answers(place)["last_name"] == "Лебедева"


def test_an_earlier_message_edited_late_changes_nothing_and_says_so(place: Maiak) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    say(anna, "Лебедева")
    press(anna, "Позже")

    anna.edit_last("Другая")

    assert "Исправление вижу" in anna.wait_quiet()
    assert answers(place)["last_name"] == "Лебедева"


@pytest.mark.parametrize(
    ("send", "hint"),
    [
        (lambda anna: anna.send_photo(), "Фото сюда не нужно"),
        (lambda anna: anna.send_voice(), "Голосовые я не слушаю"),
        (lambda anna: anna.send_sticker(), "понимаю только слова и кнопки"),
        (lambda anna: anna.send_document(b"x", "анкета.docx"), "Файлы сюда не нужны"),
        (lambda anna: anna.say("/nosuchthing"), "Такой команды нет"),
    ],
)
def test_what_is_no_answer_gets_a_hint_and_the_question_again(place: Maiak, send: object, hint: str) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")

    send(anna)  # type: ignore[operator]
    screen = anna.wait_quiet()

    assert hint in screen
    assert "Ваша фамилия?" in screen
    assert "last_name" not in answers(place)


def test_markup_in_a_name_is_shown_as_text(place: Maiak) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")
    say(anna, "<b>Лебедева</b> & <script>")

    back = press(anna, "← Назад")

    assert "<b>Лебедева</b> & <script>" in back


def test_a_text_too_long_is_told_the_limit_and_asked_again(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA, until="Какой у вас опыт")

    told = say(anna, "о" * 4000)

    assert "4 000 знаков" in told
    assert "Какой у вас опыт" in told
    assert "experience" not in answers(place)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("вчера", "12.03.2010"), ("31.02.1981", "Такого дня в календаре нет"), ("01.01.2050", "слишком поздняя")],
)
def test_a_date_that_cannot_be_is_explained(place: Maiak, typed: str, hint: str) -> None:
    anna = begun(place)
    fill_in(anna, ANNA, until="Когда вы родились")

    assert hint in say(anna, typed)
    assert "Когда вы родились" in anna.screen


def test_ones_own_contact_is_the_phone_and_somebody_elses_is_not(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA, until="Ваш телефон")

    anna.share_contact("+79123456789")
    anna.wait_quiet()

    assert answers(place)["phone"] == "+79123456789"


def test_a_command_in_the_middle_keeps_the_answers_and_offers_to_go_on(place: Maiak) -> None:
    anna = begun(place)
    press(anna, "Работаю педагогом")

    say(anna, "/help")
    assert "Продолжить анкету" in anna.buttons
    assert "всё, что вы ответили, сохранено" in say(anna, "/cancel").casefold()
    assert "Ваша фамилия?" in press(anna, "Продолжить анкету")


def test_an_old_button_of_a_question_answers_with_the_present_one(place: Maiak) -> None:
    anna = begun(place)
    first = anna.last
    data = next(button.value for row in first.rows for button in row if "Учусь в школе" in button.text)
    press(anna, "Работаю педагогом")

    anna.press_data(first.id, data)
    screen = settled(anna)

    assert "не актуально" in screen
    assert "Ваша фамилия?" in screen
    assert anna.last.id == first.id
    assert answers(place)["kind"] == "teacher"


def test_a_returned_form_opens_on_its_review_with_the_remark_in_the_message(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA)
    press(anna, "Отправить")
    enrolment = place.read(lambda session: session.scalars(select(Response.enrolment_id)).one())

    place.panel(return_enrolment, enrolment, "Напишите, какие кружки вы ведёте")
    place.deliver()
    told = anna.wait_quiet()
    assert "«Напишите, какие кружки вы ведёте»" in told
    assert "Проверьте ответы" in press(anna, "Исправить анкету")

    assert "исправленная анкета отправлена" in press(anna, "Отправить")


def test_names_fill_the_person(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA)

    press(anna, "Отправить")

    person = place.read(lambda session: session.scalars(select(Person)).one())
    assert person.name.full == "Лебедева Анна Сергеевна"
    assert "Анна Сергеевна, вы в программе" in say(anna, "/menu")


def test_every_question_that_we_ship_fits_its_buttons() -> None:
    for definition in questionnaire_definitions().values():
        for question in parse_definition(definition).questions:
            for option in KINDS[question.kind].options(question):
                act = callbacks.ToggleOption(
                    response_id=LARGEST_ID, question=question.key, option=option.value, chosen=True, page=9
                )
                assert len(act.pack().encode()) <= 64


def test_a_long_list_comes_in_pages_that_fit_a_phone() -> None:
    options = tuple(OptionView(f"o{number}", f"Вариант {number}", number == 9) for number in range(1, 21))
    asked = QuestionView("q", "several_of", "Что?", "", options, True, "", "", False, False, False, None, True, "")
    screenful = Screenful(
        response_id=1,
        questionnaire_key="club",
        title="Кружок",
        intro="",
        minutes=1,
        state=ResponseState.DRAFT,
        kind=ScreenKind.QUESTION,
        question=asked,
        number=2,
        total=3,
        may_go_back=True,
        reviewing=False,
        review=(),
        enrolment_id=1,
        meeting_id=None,
    )

    first, second, third = (labels(questionnaires.page(screenful, "q", number)) for number in range(3))

    assert first == [*(f"Вариант {number}" for number in range(1, 8)), "Ещё ›", "Готово", "← Назад", "Позже"]
    assert "✓ Вариант 9" in second
    assert {"‹ Раньше", "Ещё ›"} <= set(second)
    assert third[:7] == [*(f"Вариант {number}" for number in range(15, 21)), "‹ Раньше"]
    assert labels(questionnaires.page(screenful, "other", 2)) == first, "an old page button shows the first page"


def test_what_was_sent_can_be_looked_at_and_not_changed(place: Maiak) -> None:
    anna, _ = place.mentor()
    say(anna, "/menu")

    listed = press(anna, "Мои анкеты")
    assert "Анкета наставника: отправлена 23 ноября 2026, 16:00" in listed
    seen = press(anna, "Анкета наставника")

    assert "Ваша фамилия?\nЛебедева" in seen
    assert anna.buttons == ["← Назад", "Меню"]
    assert "Сейчас я не жду сообщения" in say(anna, "Другая фамилия")


def test_words_on_the_review_page_are_shown_the_way(place: Maiak) -> None:
    anna = begun(place)
    fill_in(anna, ANNA)

    told = say(anna, "всё верно")

    assert "Нажмите «Отправить» или «Изменить»" in told
    assert "Проверьте ответы" in told


def labels(screen: Screen) -> list[str]:
    assert isinstance(screen.keyboard, InlineKeyboardMarkup)
    return [button.text for row in screen.keyboard.inline_keyboard for button in row]
