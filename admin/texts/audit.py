"""What each act of the journal means."""

from collections.abc import Mapping, Sequence

from admin.texts import labels
from mentoring.rules.consents import ConsentKind
from mentoring.use_cases.person_story import StoryEvent

UNKNOWN = "Изменение"

ACTS = {
    "account.added": "Заведена учётная запись",
    "account.chat_linked": "Куратор подключил свой чат",
    "account.disabled": "Учётная запись отключена",
    "account.locked": "Вход закрыт на 15 минут: много неверных паролей",
    "account.password_changed": "Пароль изменён",
    "account.password_reset": "Выдан новый пароль",
    "account.sessions_ended": "Закрыты все сеансы",
    "account.signed_in": "Вход в панель",
    "campaign.planned": "Запланирован опрос",
    "campaign.opened": "Опрос начат",
    "campaign.changed": "Опрос изменён",
    "campaign.extended": "Опрос продлён",
    "campaign.closed": "Опрос завершён",
    "campaign.cancelled": "Опрос отменён",
    "campaign.reminded": "Напомнили об опросе",
    "campaign.released": "Участник освобождён от опроса",
    "campaign.asked_again": "Участника снова ждут в опросе",
    "consent.given": "Дано согласие",
    "consent.refused": "Согласие не дано",
    "consent.withdrawn": "Согласие отозвано",
    "consent_text.published": "Опубликован текст согласия",
    "enrolment.answers_changed": "Ответы анкеты изменены",
    "enrolment.joining": "Начал участие",
    "enrolment.submitted": "Анкета отправлена куратору",
    "enrolment.returned": "Анкета возвращена с замечанием",
    "enrolment.approved": "Анкета одобрена",
    "enrolment.declined": "Участие не одобрено",
    "enrolment.left": "Вышел из программы",
    "erasure.asked": "Просьба удалить данные",
    "erasure.cancelled": "Просьба удалить данные снята",
    "erasure.done": "Данные удалены",
    "forms.printed": "Напечатаны бланки опроса",
    "guardianship.claimed": "Родитель открыл ссылку",
    "guardianship.stated": "Родитель назвал себя",
    "invitation.made": "Создана ссылка-приглашение",
    "invitation.revoked": "Ссылка-приглашение отключена",
    "interview.written": "Записано собеседование с наставником",
    "interview.opened": "Открыты заметки собеседования",
    "interview.changed": "Исправлена запись собеседования",
    "labour.added": "Записано соглашение работника (ст. 351.8 ТК)",
    "labour.changed": "Исправлено соглашение работника",
    "labour.stopped": "Соглашение работника прекращено",
    "letter.closed": "Письмо отмечено как отвеченное",
    "letter.written": "Написано письмо",
    "plan.approved": "План утверждён",
    "plan.closed": "План закрыт вместе с парой",
    "plan.draft": "Начат план",
    "plan.goals_set": "Изменены цели плана",
    "plan.item_added": "В план добавлено дело",
    "plan.item_changed": "Изменено дело плана",
    "plan.item_dropped": "Дело плана снято",
    "plan.item_marked": "Наставник отметил дело плана",
    "plan.item_reported": "Записан результат дела",
    "plan.item_restored": "Дело возвращено в план",
    "plan.note_set": "Изменена пояснительная записка плана",
    "plan.returned": "План возвращён с замечанием",
    "plan.sent": "План отправлен куратору",
    "plan.term_set": "Изменён срок плана",
    "meeting.planned": "Назначена встреча",
    "meeting.moved": "Встреча перенесена",
    "meeting.cancelled": "Встреча отменена",
    "meeting.held": "Встреча состоялась",
    "meeting.missed": "Встреча не состоялась",
    "meeting.reply_suits": "Время встречи подходит",
    "meeting.reply_other_time": "Просьба о другом времени встречи",
    "meeting.reply_waiting": "Ответ о встрече снят",
    "matching.choice_taken_back": "В подборе снята отметка с двоих",
    "matching.draft_begun": "Начат подбор",
    "matching.draft_copied": "Подбор скопирован как «что если»",
    "matching.draft_dropped": "Подбор убран",
    "matching.draft_renamed": "Подбор переименован",
    "matching.draft_restored": "Подбор возвращён",
    "matching.forbidden": "В подборе двоих решено не предлагать друг другу",
    "matching.locked": "В подборе двое закреплены",
    "matching.published": "Предложения из подбора отправлены",
    "matching.run": "Подбор рассчитан",
    "matching.settings_changed": "Изменены веса и пороги подбора",
    "meeting.topic_set": "Названа тема встречи",
    "meeting.place_set": "Изменено место встречи",
    "meeting.logged": "Записана прошедшая встреча",
    "organisation.changed": "Изменены сведения об организации",
    "organisation.opened": "Организация подключена",
    "pair.asked_mentor": "Предложение пары отправлено наставнику",
    "pair.asked_mentee": "Наставник согласен, спросили наставляемого",
    "pair.agreed": "Оба согласны на пару",
    "pair.trial": "Начат пробный период пары",
    "pair.confirmed": "Пара подтверждена куратором",
    "pair.active": "Пара закреплена приказом",
    "pair.paused": "Пара на паузе",
    "pair.completed": "Пара завершена: цель достигнута",
    "pair.parted": "Пара не сложилась на пробном периоде",
    "pair.joined": "Наставляемый вошёл в группу",
    "pair.declined": "Предложение пары отклонено",
    "pair.withdrawn": "Предложение пары отозвано",
    "pair.ended": "Пара завершена",
    "pair.ordered": "Пара вписана в приказ",
    "pair.mentee_joined": "Наставляемый вошёл в группу",
    "pair.mentee_left": "Наставляемый вышел из группы",
    "pair.notice_given": "Получено уведомление о досрочном прекращении наставничества",
    "pair.notice_taken_back": "Уведомление о прекращении наставничества отозвано",
    "pair.end_put_off": "Последний день пары перенесён на более поздний",
    "pair.silence_told": "Пару предупредили: давно нет встреч",
    "pair.form_set": "Указана форма наставничества",
    "partner.added": "Записан представитель партнёра",
    "person.added": "Человек добавлен вручную",
    "programme.figures_changed": "Изменены числа для показателей",
    "programme.matching_changed": "Изменены обычные веса и пороги подбора",
    "report.begun": "Начат отчёт",
    "report.dropped": "Удалён черновик отчёта",
    "report.signed": "Отчёт подписан",
    "report.written": "Изменены тексты отчёта",
    "training.planned": "Назначено занятие для наставников",
    "training.changed": "Занятие для наставников изменено",
    "training.dropped": "Занятие для наставников отменено",
    "training.expected": "Наставники записаны на занятие",
    "training.attended": "Отмечено, кто был на занятии",
    "training.released": "Наставник снят с занятия",
    "person.age_group": "Выбран возраст",
    "person.came": "Открыл приглашение",
    "person.corrected": "Данные исправлены",
    "person.erased": "Данные человека удалены",
    "person.invited": "Человек приглашён по имени",
    "person.reachable": "Чат снова доступен",
    "person.unreachable": "Чат закрыт или бот заблокирован",
    "person.reminded": "Отправлено напоминание",
    "questionnaire.drafted": "Начат черновик анкеты",
    "questionnaire.draft_dropped": "Черновик анкеты удалён",
    "questionnaire.hidden": "Анкета больше не используется",
    "questionnaire.shown": "Анкета снова используется",
    "questionnaire.published": "Опубликована анкета",
    "response.returned": "Анкета открыта для исправлений",
    "response.started": "Начата анкета",
    "response.submitted": "Анкета отправлена",
}

UNTOLD = frozenset({"enrolment.joining", "response.started", "response.returned", "invitation.made"})

OBJECTS = {
    "person": "человек",
    "campaign": "опрос",
    "enrolment": "участие",
    "consent": "согласие",
    "consent_text": "текст согласия",
    "consent_withdrawal": "отзыв согласия",
    "erasure_request": "просьба об удалении",
    "guardianship": "связь с родителем",
    "interview": "собеседование",
    "invitation": "приглашение",
    "labour_agreement": "соглашение работника",
    "letter": "письмо",
    "matching_draft": "подбор",
    "meeting": "встреча",
    "pair": "пара",
    "notice": "сообщение",
    "organisation": "организация",
    "curator_account": "учётная запись",
    "questionnaire": "анкета",
    "questionnaire_version": "редакция анкеты",
    "response": "заполненная анкета",
    "training": "занятие",
    "channel_account": "чат",
    "programme": "программа",
}


def sentence(act: str, details: Mapping[str, object] | None = None, title: str = "") -> str:
    """``title``: of the questionnaire, where the page knows it."""
    said = ACTS.get(act, UNKNOWN)
    if act == "response.submitted" and title:
        return f"Отправлено: {title}"
    kind = (details or {}).get("kind")
    if act.startswith("consent.") and kind in list(ConsentKind):
        return f"{said}: {labels.word(ConsentKind(str(kind)))}"
    return said


def worth_telling(events: Sequence[StoryEvent]) -> list[StoryEvent]:
    """A person's story without what says the same twice; the journal keeps all."""
    submitted = {event.at for event in events if event.act == "enrolment.submitted"}
    doubled = [event for event in events if event.act == "response.submitted" and event.at in submitted]
    return [event for event in events if event.act not in UNTOLD and event not in doubled]


def thing(kind: str, number: int) -> str:
    return f"{OBJECTS.get(kind, 'запись')} № {number}"
