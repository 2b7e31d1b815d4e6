"""Printed forms and typing them in: what stands on a sheet beside the questions, and what the pages say."""

from admin.texts.days import day, day_and_time, plural
from mentoring.paper_layout import FormHead, PrintedForm, printed_form
from mentoring.rules.questions.definition import Definition
from mentoring.use_cases.organisations import OrganisationCard
from mentoring.use_cases.paper_prints import FormToPrint

CODE_MISTYPED = "В коде опечатка. Проверьте знаки: в нём {length} знаков, одной ошибки мы не пропускаем."
CODE_UNKNOWN = "Бланка с таким кодом в вашей организации нет. Проверьте первый знак или найдите человека через поиск."
ENTERED = "Ответы с бумаги записаны."
ENTERED_ANONYMOUS = "Лист записан без имени. Отметили только, что человек ответил."
ALREADY = "Эта анкета уже отправлена: второй раз записать её нельзя."
NOTHING_TO_PRINT = "Печатать нечего: никто не ждёт этой анкеты."
ANONYMOUS = (
    "Опрос анонимный. По коду мы отметим только, что вы ответили; ответы останутся в программе без имени. "
    "Лист перепишет куратор, после этого его можно забрать."
)
DRAFT_KEPT = "Черновик сохранён. Он ждёт вас здесь."
FORM_SENT = "Анкета отправлена. Её увидят в отчёте."
KEPT_NOT_SENT = "Пока не отправили: ответьте на отмеченные вопросы. Остальное сохранено."
KEPT_PARTLY = "Сохранили всё, кроме отмеченного."
FILE_ONE = "Бланк анкеты.docx"
FILE_MANY = "Бланки анкет.docx"


def blank(definition: Definition, card: OrganisationCard) -> PrintedForm:
    return printed_form(definition, card.name, FormHead(notes=(give_back(card),)))


def named(form: FormToPrint, card: OrganisationCard) -> PrintedForm:
    who = ", ".join(part for part in (form.who or "без имени", form.place) if part)
    notes = (ANONYMOUS, give_back(card, form)) if form.anonymous else (give_back(card, form),)
    return printed_form(form.definition, card.name, FormHead(form.code, who, about(form), notes))


def about(form: FormToPrint) -> str:
    """«О встрече 25 ноября, Анна Сергеевна Л. и Мила К.»"""
    if form.child:
        return f"О ребёнке: {form.child}"
    pair = " и ".join(form.others)
    if form.meeting_at:
        return f"О встрече {day_and_time(form.meeting_at)}: {pair}"
    return f"О паре: {pair}" if pair else ""


def give_back(card: OrganisationCard, form: FormToPrint | None = None) -> str:
    until = f" до {day(form.closes_at)}" if form and form.closes_at else ""
    contact = f", {card.contact}" if card.contact else ""
    return f"Заполненный лист верните куратору{until}: {card.curator_name}{contact}."


def how_many(forms: int) -> str:
    return plural(forms, "бланк", "бланка", "бланков")


def begun(answers: int) -> str:
    said = plural(answers, "ответ", "ответа", "ответов")
    return f"Человек уже начал отвечать в чате: {said}. Лист заменит их."
