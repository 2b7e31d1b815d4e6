"""What stops a use-case, said to a person: what, why, what now."""

from collections.abc import Callable
from typing import Any

from bot.texts.wording import Markup, fill, lines, plural, size
from mentoring.rules import errors
from mentoring.rules.questionnaire import Problem


def explain(error: errors.MentoringError) -> Markup:
    return Markup(_SENTENCES[type(error)](error))


NOT_FOUND = {
    "pair": "Такой пары или предложения больше нет.",
    "plan": "Плана пока нет.",
    "plan_item": "Этого дела в плане больше нет.",
    "meeting": "Такой встречи больше нет.",
    "response": "Эта анкета уже отправлена или её больше нет.",
    "survey": "Такого опроса больше нет.",
    "questionnaire": "Этой анкеты сейчас нет: её готовит куратор.",
    "consent": "Такой записи о согласии больше нет.",
    "consent_text": "Текста согласия сейчас нет. Скажите об этом куратору.",
    "letter": "Такого письма больше нет.",
    "person": "Этого человека в программе больше нет.",
    "enrolment": "Этого участия в программе больше нет.",
}
NOT_FOUND_ANYTHING = "Этого больше нет: кнопка была старая."

OUT_OF_DATE = {
    ("pair", "declined"): "Это уже не актуально: предложение закрыто.",
    ("pair", "withdrawn"): "Это уже не актуально: куратор отозвал предложение.",
    ("pair", "ended"): "Это уже не актуально: пара завершена.",
    ("pair", "trial"): "Это уже не актуально: идёт пробный период.",
    ("pair", "confirmed"): "Это уже не актуально: пара подтверждена.",
    ("pair", "active"): "Это уже не актуально: пара подтверждена.",
    ("pair", "paused"): "У пары сейчас пауза. Когда она кончится, встречи можно будет назначать снова.",
    ("pair", "completed"): "Это уже не актуально: пара завершена.",
    ("pair", "parted"): "Это уже не актуально: пробный период закончен, куратор подберёт другую пару.",
    ("pair", "joined"): "Это уже не актуально: теперь это группа.",
    ("meeting", "cancelled"): "Это уже не актуально: встреча отменена.",
    ("meeting", "held"): "Это уже не актуально: встреча состоялась.",
    ("meeting", "missed"): "Это уже не актуально: встреча отмечена как не состоявшаяся.",
    ("meeting", "planned"): "Это уже не актуально: встреча назначена.",
    ("meeting", "moved"): "Это уже не актуально: встреча перенесена.",
    ("meeting", "started"): "Это уже не актуально: время встречи пришло.",
    ("question", "review"): "На все вопросы уже есть ответы. Нажмите «Отправить» или «Изменить».",
    ("question", "submitted"): "Это уже не актуально: анкета отправлена.",
    ("response", "submitted"): "Это уже не актуально: анкета отправлена.",
    ("enrolment", "left"): "Это уже не актуально: участие в программе прекращено.",
    ("enrolment", "declined"): "Это уже не актуально: участие в программе прекращено.",
    ("campaign", "closed"): "Опрос уже закрылся. Ваши ответы сохранены; продлить срок может куратор.",
    ("campaign", "planned"): "Этот опрос ещё не открылся. Когда откроется, я напишу.",
    ("campaign", "cancelled"): "Куратор отменил этот опрос, отвечать не нужно.",
    ("survey", "answered"): "Вы уже ответили на этот опрос, спасибо.",
    ("survey", "released"): "Отвечать на этот опрос больше не нужно.",
    ("plan", "changed"): "План только что изменили. Вот как он выглядит теперь.",
    ("plan", "sent"): "План уже у куратора. Когда он решит, я напишу.",
    ("plan", "approved"): "План уже утверждён.",
    ("plan", "closed"): "План закрыт вместе с парой. Его можно прочитать, но не изменить.",
    ("plan", "unapproved"): "Записать, что вышло, можно после того, как куратор утвердит план.",
    ("plan_item", "done"): "Это дело уже отмечено как сделанное.",
    ("plan_item", "dropped"): "Это дело сняли с плана.",
    ("consent", "given"): "Согласие уже дано. Отозвать его можно здесь: меню, «Мои данные и согласия».",
}
AGE_KNOWN = "Возраст уже записан. Если он не тот, напишите куратору."
OUT_OF_DATE_ANYTHING = "Это уже не актуально. Вот как обстоят дела сейчас."

PROBLEMS = {
    Problem.EMPTY: "Здесь нужен ответ словами: пока в сообщении пусто.",
    Problem.TOO_LONG: (
        "Получилось {length}, а помещается {limit}. Ваше сообщение осталось выше: сократите и пришлите ещё раз."
    ),
    Problem.WORDS_NEEDED: "Здесь нужен ответ словами: напишите его сообщением.",
    Problem.CHOOSE_FROM_LIST: "Такого варианта нет в списке. Нажмите одну из кнопок.",
    Problem.NOTHING_CHOSEN: "Пока ничего не выбрано. Отметьте хотя бы один вариант, потом «Готово».",
    Problem.TOO_MANY: "Можно выбрать не больше {limit}. Чтобы добавить новый вариант, снимите отметку с другого.",
    Problem.NOT_A_NUMBER: "Здесь нужно число цифрами, например 3.",
    Problem.OUT_OF_RANGE: "Здесь нужно число от {lowest} до {highest}.",
    Problem.NOT_A_DATE: "Не получилось прочитать дату. Напишите её так: 12.03.2010 или 12 марта 2010.",
    Problem.DATE_IMPOSSIBLE: "Такого дня в календаре нет. Проверьте число и месяц.",
    Problem.DATE_TOO_EARLY: "Дата слишком ранняя. Проверьте год.",
    Problem.DATE_TOO_LATE: "Дата слишком поздняя. Проверьте год.",
    Problem.NOT_A_PHONE: "Не похоже на номер телефона. Напишите его с кодом, например +7 912 345-67-89.",
    Problem.REQUIRED: "На этот вопрос нужен ответ, пропустить его нельзя.",
}

FIELDS_EMPTY = {
    "minor_name": "Напишите фамилию и имя ребёнка.",
    "own_name": "Напишите свои фамилию и имя.",
    "relation": "Напишите, кем вы приходитесь ребёнку.",
    "place": "Напишите место одним сообщением.",
    "goal": "Напишите цель одним-двумя предложениями.",
    "text": "Напишите, что нужно сделать.",
}
FIELD_EMPTY = "В сообщении пусто. Напишите словами."
FIELDS_WRONG = {
    "minor_name": "Нужны хотя бы фамилия и имя, например: «Крылова Мила Андреевна».",
    "own_name": "Нужны хотя бы фамилия и имя, например: «Крылова Вера Андреевна».",
    "relation": "Напишите одним-двумя словами: мама, папа, опекун.",
    "due_on": "Этот день вне срока плана. Выберите другой или сначала попросите куратора продлить план.",
    "ends_on": "План длится не дольше года, а персонализированная программа не короче трёх месяцев. "
    "Выберите другой день.",
}
FIELD_WRONG = "Так записать не получится. Проверьте и пришлите ещё раз."

CONSENT_OF_SELF = "Сначала нужно ваше согласие на обработку данных."
CONSENT_OF_OTHER = "Сначала нужно согласие: {name}."
CONSENT_OF_GUARDIAN = "Сначала нужно согласие родителя: {name}."


PLAN_LACKS = {"goals": "хотя бы одной цели", "items": "хотя бы одного дела"}


def _said(text: str) -> Callable[[Any], str]:
    return lambda _: text


def _not_found(error: errors.NotFound) -> str:
    return NOT_FOUND.get(error.noun, NOT_FOUND_ANYTHING)


def _out_of_date(error: errors.OutOfDate) -> str:
    known = AGE_KNOWN if error.noun == "age_group" else OUT_OF_DATE_ANYTHING
    return OUT_OF_DATE.get((error.noun, error.state), known)


def _answer_refused(error: errors.AnswerRefused) -> str:
    limits: dict[str, object] = dict(error.limits)
    if error.problem == Problem.TOO_LONG:
        limits = {"length": _letters(limits["length"]), "limit": size(int(str(limits["limit"])))}
    return fill(PROBLEMS[Problem(error.problem)], **limits)


def _answers_missing(error: errors.AnswersMissing) -> str:
    count = plural(len(error.keys), "вопрос", "вопроса", "вопросов")
    return fill("Остались без ответа: {count}. Сейчас покажу первый из них.", count=count)


def _consents_missing(error: errors.ConsentsMissing) -> str:
    return lines(*(_missing_consent(missing) for missing in error.missing))


def _missing_consent(missing: errors.MissingConsent) -> str:
    if missing.giver == "guardian":
        return fill(CONSENT_OF_GUARDIAN, name=missing.person_name)
    return fill(CONSENT_OF_OTHER, name=missing.person_name) if missing.person_name else CONSENT_OF_SELF


def _capacity(error: errors.CapacityReached) -> str:
    places = plural(error.capacity, "место", "места", "мест")
    return fill("{name}: все места заняты ({places}). Куратор подберёт другого.", name=error.person_name, places=places)


def _plan_incomplete(error: errors.PlanIncomplete) -> str:
    lacking = " и ".join(PLAN_LACKS[one] for one in error.lacks if one in PLAN_LACKS)
    return fill("В плане пока нет {lacking}. Добавьте и отправьте ещё раз.", lacking=lacking)


def _too_long(error: errors.TextTooLong) -> str:
    return fill(PROBLEMS[Problem.TOO_LONG], length=_letters(error.length), limit=size(error.limit))


def _letters(length: object) -> str:
    count = int(str(length))
    return f"{size(count)} {plural(count, 'знак', 'знака', 'знаков').split()[-1]}"


_SENTENCES: dict[type[errors.MentoringError], Callable[[Any], str]] = {
    errors.NotFound: _not_found,
    errors.NotAllowed: _said(
        "Это может сделать только куратор или тот, кого это касается. Напишите куратору, он поможет."
    ),
    errors.OutOfDate: _out_of_date,
    errors.InvitationUnknown: _said(
        "Эта ссылка не работает: возможно, её заменили новой или ею уже воспользовались. "
        "Попросите у куратора новую, это минутное дело."
    ),
    errors.OtherOrganisation: lambda error: fill(
        "Вы уже участвуете в программе: {organisation}. С одного аккаунта можно быть только в одной организации. "
        "Если вы перешли в другую, напишите куратору.",
        organisation=error.organisation,
    ),
    errors.AlreadyInRole: _said("Вы уже участвуете по этой ссылке. Вот где вы остановились."),
    errors.GuardianCannotJoin: _said(
        "Эта ссылка — для родителя. Перешлите её маме, папе или опекуну: взрослый решает со своего телефона."
    ),
    errors.ConsentsMissing: _consents_missing,
    errors.ConsentTextChanged: _said("Пока вы читали, текст согласия обновился. Откройте новый и решите."),
    errors.AnswerRefused: _answer_refused,
    errors.AnswersMissing: _answers_missing,
    errors.AnswersRefused: _said("Несколько ответов не получилось прочитать. Проверьте их и пришлите ещё раз."),
    errors.CapacityReached: _capacity,
    errors.PlacesLocked: lambda error: fill("{name}: все места уже заняты.", name=error.person_name),
    errors.PairBarred: lambda error: fill(
        "{mentor} и {mentee}: вместе поставить нельзя, так решено правилами программы.",
        mentor=error.mentor_name,
        mentee=error.mentee_name,
    ),
    errors.CalculationFailed: _said("Сейчас не получилось посчитать. Попробуйте ещё раз через минуту."),
    errors.NotApproved: lambda error: fill("{name}: анкету ещё не подтвердил куратор.", name=error.person_name),
    errors.PairExists: _said("Такая пара или такое предложение уже есть."),
    errors.SamePerson: _said("Быть наставником самому себе не получится: нужен второй человек."),
    errors.GroupTooLarge: lambda error: fill("В группе может быть не больше {most} человек.", most=error.most),
    errors.LastMentee: _said("Это единственный наставляемый: без него пары нет."),
    errors.TrialIncomplete: _said("Пробный период ещё не закончен."),
    errors.PairsNotReady: _said("Не все пары готовы к приказу."),
    errors.OrderBlocked: _said("Приказ не подписан: не хватает согласий. Откройте его в кабинете куратора."),
    errors.DatedTooEarly: _said("Дата бумаги слишком ранняя."),
    errors.TermReversed: _said("В бумаге последний день раньше первого."),
    errors.NothingOrdered: _said("Бумага пустая: в ней никто не отмечен."),
    errors.NothingToAmend: _said("Приказа о закреплении пар ещё нет."),
    errors.NumberTaken: _said("Этот номер уже занят."),
    errors.ProfileLacks: _said("Не заполнены реквизиты организации. Их вписывают в кабинете куратора."),
    errors.TemplateRefused: _said("Шаблон не подошёл."),
    errors.TimeInPast: _said("Это время уже прошло. Выберите другое."),
    errors.TimeInFuture: _said("Это время ещё не наступило. Записать можно только прошедшую встречу."),
    errors.TimeTaken: lambda error: fill(
        "В это время уже есть другая встреча: {name}. Выберите другое.", name=error.person_name
    ),
    errors.TextEmpty: lambda error: FIELDS_EMPTY.get(error.field, FIELD_EMPTY),
    errors.TextTooLong: _too_long,
    errors.ValueWrong: lambda error: FIELDS_WRONG.get(error.field, FIELD_WRONG),
    errors.CountReached: lambda error: fill(
        "Больше {limit} не помещается. Уберите лишнее или соедините два в одно.", limit=error.limit
    ),
    errors.ItemsOutsideTerm: _said("В плане есть дела с более поздним сроком. Сначала передвиньте их."),
    errors.PlanIncomplete: _plan_incomplete,
    errors.SignInRefused: _said("Войти не получилось. Проверьте логин и пароль в кабинете куратора."),
    errors.DefinitionBroken: _said("Эта анкета сейчас не открывается: её готовит куратор. Попробуйте позже."),
    errors.DraftExists: _said("У этой анкеты уже есть черновик. Откройте её в кабинете куратора."),
    errors.UnpublishedOnly: _said("Эта анкета уже опубликована и не меняется."),
}
