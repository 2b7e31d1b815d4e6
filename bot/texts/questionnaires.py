"""Questions, the review, and what happens after sending."""

PROGRESS = "<b>Вопрос {number} из {total}</b>"
CHANGING = "<b>Меняем ответ {number} из {total}</b>"
START = "<b>{title}</b>\n{questions}, около {minutes}."
CHOICE = "ожно выбрать"  # of a hint that says it in its own words
SEVERAL = "Можно выбрать несколько."
SEVERAL_UP_TO = "Можно выбрать до {limit}."
SCALE = "1 — {low}, {highest} — {high}."
ONLY_CURATOR = "Это увидит только куратор."
OPTIONAL = "Можно пропустить."
PRESENT_ANSWER = "Сейчас записано: {answer}"
TYPE = {
    "text": "Напишите ответ сообщением.",
    "long_text": "Напишите ответ, всё в одном сообщении.",
    "number": "Напишите число.",
    "date": "Напишите дату: например, 12.03.2010 или 12 марта 2010.",
    "phone": "Напишите номер или отправьте свой контакт.",
}
HINTED = frozenset({"date"})  # whose own hint says how to write it

REVIEW = "<b>Проверьте ответы</b>"
REVIEW_ROW = "{number}. {question}\n<b>{answer}</b>"
SKIPPED = "пропущено"
REVIEW_END = "Всё верно? Нажмите «Отправить»."
CHANGE_WHICH = "Какой ответ изменить? Нажмите номер."

PAUSED = "Сохранено: {answered}. Вернуться можно в любой момент, продолжим с этого же места."
PAUSED_NOTHING = "Хорошо, вернёмся к анкете, когда будет удобно."

SENT = (
    "<b>Спасибо, анкета отправлена</b>\n\n"
    "Её прочитает куратор и ответит здесь. Обычно это занимает несколько дней; если ответа нет неделю, "
    "нажмите «Написать куратору»."
)
SENT_AGAIN = "<b>Спасибо, исправленная анкета отправлена</b>\n\nКуратор посмотрит её ещё раз и ответит здесь."
FEEDBACK_SENT = "Спасибо, отзыв записан. Его увидит только куратор, вашей паре он не показывается."

MINE = "<b>Мои анкеты</b>"
NONE_YET = "Анкет пока нет."
STATE = {
    "draft": "заполняется",
    "submitted": "отправлена {at}",
    "returned": "куратор просит поправить",
}
LINE = "{title}: {state}"
NAMED = "{title}, {day}"
ANSWERS = "<b>{title}</b>"

INTERRUPTED = "Анкета сохранена, ответы на месте."
EDITED_UNKNOWN = (
    "Вижу, что вы исправили сообщение. Чтобы поменять ответ, нажмите «← Назад» или «Изменить» на странице проверки."
)
EDITED_TAKEN = "Исправление учтено."
CONTACT_OF_OTHER = "Чужой контакт не подойдёт. Если нужен телефон, отправьте свой или напишите номер сообщением."
