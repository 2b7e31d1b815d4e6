"""What each refusal of a use-case means for a curator, and what to do about it."""

from functools import singledispatch

from admin.texts import documents, labels, library
from admin.texts.days import day_and_time
from admin.texts.matching_words import BARS
from mentoring.rules import errors
from mentoring.rules.matching_fit import Bar


@singledispatch
def sentence(error: errors.MentoringError) -> str:
    raise TypeError(f"no sentence for {type(error).__name__}")


@sentence.register
def _(error: errors.NotFound) -> str:
    return "Такой записи нет. Возможно, её уже удалили."


@sentence.register
def _(error: errors.NotAllowed) -> str:
    return "Этого сделать нельзя: у вашей учётной записи нет такого права или запись сейчас не в том состоянии."


@sentence.register
def _(error: errors.OutOfDate) -> str:
    return "Пока страница была открыта, всё изменилось. Сейчас на ней свежие данные: посмотрите и решите заново."


@sentence.register
def _(error: errors.InvitationUnknown) -> str:
    return "Эта ссылка больше не действует. Возьмите новую на странице «Приглашения»."


@sentence.register
def _(error: errors.OtherOrganisation) -> str:
    return "Этот чат уже участвует в программе другой организации."


@sentence.register
def _(error: errors.AlreadyInRole) -> str:
    return "Этот человек уже участвует в программе в этой роли."


@sentence.register
def _(error: errors.GuardianCannotJoin) -> str:
    return "Ссылку для родителя открыл сам ученик. Её должен открыть взрослый."


@sentence.register
def _(error: errors.ConsentsMissing) -> str:
    named = "; ".join(f"{labels.CONSENT_OF[one.giver]} ({one.person_name or 'без имени'})" for one in error.missing)
    return f"Не хватает согласий: {named}. Напомните о них или примите подписанную бумагу на странице человека."


@sentence.register
def _(error: errors.ConsentTextChanged) -> str:
    return "Текст согласия обновился. Откройте новый и повторите."


@sentence.register
def _(error: errors.AnswerRefused) -> str:
    return f"Ответ не подошёл: {labels.problem(error.problem, error.limits)}"


@sentence.register
def _(error: errors.AnswersRefused) -> str:
    return f"Не подошли ответы: {len(error.refusals)}. Исправьте их и отправьте снова."


@sentence.register
def _(error: errors.AnswersMissing) -> str:
    return "Заполнены не все обязательные вопросы."


@sentence.register
def _(error: errors.CapacityReached) -> str:
    return f"{error.person_name}: заняты все места ({error.capacity}). Завершите или отзовите одно из предложений."


@sentence.register
def _(error: errors.NotApproved) -> str:
    return f"{error.person_name}: анкета ещё не одобрена. Сначала прочитайте и одобрите её."


@sentence.register
def _(error: errors.PairExists) -> str:
    return "Эти двое уже в паре или им уже отправлено предложение."


@sentence.register
def _(error: errors.GroupTooLarge) -> str:
    return f"В группе может быть не больше {error.most} наставляемых. Уберите кого-нибудь или составьте вторую группу."


@sentence.register
def _(error: errors.LastMentee) -> str:
    return "Это единственный наставляемый: без него пары нет. Завершите пару целиком."


@sentence.register
def _(error: errors.TrialIncomplete) -> str:
    return (
        "Пробный период ещё не закончен: ниже написано, чего не хватает. Дождитесь этого или напишите, почему "
        "решаете без него."
    )


@sentence.register
def _(error: errors.PairsNotReady) -> str:
    return "В приказе есть пары, которые ещё не подтверждены или уже завершены. Обновите список пар приказа."


@sentence.register
def _(error: errors.PairBarred) -> str:
    why = "; ".join(BARS[Bar(bar)] for bar in error.bars if bar in list(Bar))
    return (
        f"{error.mentor_name} и {error.mentee_name}: поставить их вместе нельзя. Причина: {why or 'правила программы'}."
    )


@sentence.register
def _(error: errors.PlacesLocked) -> str:
    return f"{error.person_name}: все свободные места ({error.places}) уже закреплены. Сначала открепите кого-нибудь."


@sentence.register
def _(error: errors.SamePerson) -> str:
    return "Человек не может быть наставником самому себе."


@sentence.register
def _(error: errors.TimeInPast) -> str:
    return (
        f"Время {day_and_time(error.at)} уже прошло. Выберите будущее, а прошедшую встречу запишите как состоявшуюся."
    )


@sentence.register
def _(error: errors.TimeInFuture) -> str:
    return f"Время {day_and_time(error.at)} ещё не наступило. Будущую встречу назначьте, а не записывайте."


@sentence.register
def _(error: errors.TimeTaken) -> str:
    return f"{error.person_name}: на {day_and_time(error.at)} уже есть другая встреча. Выберите другое время."


@sentence.register
def _(error: errors.TextEmpty) -> str:
    return f"Поле «{labels.field(error.field)}» пустое. Напишите хотя бы несколько слов."


@sentence.register
def _(error: errors.TextTooLong) -> str:
    return f"В поле «{labels.field(error.field)}» {error.length} знаков, а помещается {error.limit}. Сократите немного."


@sentence.register
def _(error: errors.ValueWrong) -> str:
    return f"Проверьте поле «{labels.field(error.field)}»: такое значение не подходит."


@sentence.register
def _(error: errors.CountReached) -> str:
    return f"Больше {error.limit} не помещается. Уберите лишнее или соедините два в одно."


@sentence.register
def _(error: errors.ItemsOutsideTerm) -> str:
    return "В плане есть дела, срок которых не попадает в эти даты. Сначала передвиньте их."


@sentence.register
def _(error: errors.PlanIncomplete) -> str:
    lacking = " и ".join(PLAN_LACKS[one] for one in error.lacks if one in PLAN_LACKS)
    return f"В плане пока нет главного: {lacking or 'цели и дел'}. Допишите и повторите."


@sentence.register
def _(error: errors.CalculationFailed) -> str:
    return "Подбор не удалось посчитать: компьютер слишком занят. Ничего не изменилось. Попробуйте через минуту."


@sentence.register
def _(error: errors.SignInRefused) -> str:
    return "Логин и пароль не подошли."


@sentence.register
def _(error: errors.DefinitionBroken) -> str:
    return f"В анкете нашлась ошибка. {library.file_fault(error.place, error.reason, error.line)}"


@sentence.register
def _(error: errors.DraftExists) -> str:
    return (
        f"У анкеты «{error.title}» уже есть ваш черновик. Чтобы файл встал на его место, поставьте отметку "
        "«Заменить мой черновик» и выберите файл ещё раз."
    )


@sentence.register
def _(error: errors.UnpublishedOnly) -> str:
    return "Опубликованную версию изменить нельзя. Создайте новую."


@sentence.register
def _(error: errors.OrderBlocked) -> str:
    named = "; ".join(documents.blocked(one) for one in error.blockers)
    return f"Приказ не подписан: без этих бумаг нельзя. {named}."


@sentence.register
def _(error: errors.NothingOrdered) -> str:
    return documents.EMPTY.get(error.what, documents.NOTHING_CHOSEN)


@sentence.register
def _(error: errors.DatedTooEarly) -> str:
    first = error.first.strftime("%d.%m.%Y")
    if error.number:
        return f"Дата раньше, чем у приказа № {error.number} от {first}, который меняется. Проверьте её."
    return f"Дата слишком ранняя для этой программы: бумаги принимаем с {first}. Проверьте год."


@sentence.register
def _(error: errors.TermReversed) -> str:
    return (
        f"В бумаге последний день ({error.ends_on:%d.%m.%Y}) раньше первого ({error.starts_on:%d.%m.%Y}). "
        "Поправьте даты в черновике."
    )


@sentence.register
def _(error: errors.NothingToAmend) -> str:
    return "Менять пока нечего: приказа о закреплении пар ещё нет. Сначала подпишите его."


@sentence.register
def _(error: errors.NumberTaken) -> str:
    return f"Номер {error.number} в этом году уже занят. Следующий свободный — {error.free}."


@sentence.register
def _(error: errors.ProfileLacks) -> str:
    lacking = ", ".join(documents.LACKING_FIELDS.get(one, one) for one in error.fields)
    return f"Для бумаг не хватает: {lacking}. Впишите на странице «Документы» → «Организация»."


@sentence.register
def _(error: errors.TemplateRefused) -> str:
    return f"Шаблон не подошёл, ничего не изменилось. {' '.join(documents.fault(one) for one in error.faults)}"


PLAN_LACKS = {"goals": "хотя бы одной цели", "items": "хотя бы одного дела"}
