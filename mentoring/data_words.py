"""Russian words of the rules, as they stand in the file that a person gets about themselves."""

from collections.abc import Mapping
from enum import StrEnum

from mentoring.rules.consents import Decision
from mentoring.rules.enrolment import EnrolmentStatus
from mentoring.rules.meetings import MeetingKind, MeetingState
from mentoring.rules.pairs import PairState
from mentoring.rules.people import AgeGroup, PersonKind, Role
from mentoring.rules.questionnaire import ResponseState
from mentoring.rules.reminders import NoticeKind, NoticeState

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Role: {Role.MENTOR: "наставник", Role.MENTEE: "наставляемый"},
    PersonKind: {
        PersonKind.PUPIL: "школьник",
        PersonKind.STUDENT: "студент",
        PersonKind.TEACHER: "педагог",
        PersonKind.SPECIALIST: "специалист предприятия",
        PersonKind.PARENT: "родитель или другой законный представитель",
        PersonKind.CURATOR: "куратор",
        PersonKind.PARTNER: "представитель партнёра",
    },
    AgeGroup: {
        AgeGroup.UNDER_14: "младше 14 лет",
        AgeGroup.FROM_14_TO_17: "от 14 до 17 лет",
        AgeGroup.ADULT: "18 лет и старше",
    },
    EnrolmentStatus: {
        EnrolmentStatus.JOINING: "знакомится",
        EnrolmentStatus.SUBMITTED: "анкета у куратора",
        EnrolmentStatus.RETURNED: "анкета возвращена с замечанием",
        EnrolmentStatus.APPROVED: "участвует",
        EnrolmentStatus.DECLINED: "куратор не принял",
        EnrolmentStatus.LEFT: "участие закончено",
    },
    Decision: {Decision.GIVEN: "согласие дано", Decision.REFUSED: "отказ"},
    ResponseState: {
        ResponseState.DRAFT: "не отправлено",
        ResponseState.SUBMITTED: "отправлено",
        ResponseState.RETURNED: "возвращено для исправления",
    },
    PairState: {
        PairState.ASKED_MENTOR: "предложение ждёт ответа наставника",
        PairState.ASKED_MENTEE: "предложение ждёт ответа наставляемого",
        PairState.AGREED: "ждёт подтверждения куратора",
        PairState.TRIAL: "пробный период",
        PairState.CONFIRMED: "подтверждена, ждёт приказа",
        PairState.ACTIVE: "действует",
        PairState.PAUSED: "на паузе",
        PairState.COMPLETED: "завершена, цель достигнута",
        PairState.PARTED: "не подошли друг другу",
        PairState.JOINED: "вошли в группу",
        PairState.DECLINED: "не сложилась",
        PairState.WITHDRAWN: "предложение снято",
        PairState.ENDED: "завершена",
    },
    MeetingKind: {
        MeetingKind.FIRST: "встреча-знакомство",
        MeetingKind.TRIAL: "пробная встреча",
        MeetingKind.PLANNING: "встреча-планирование",
        MeetingKind.REGULAR: "обычная встреча",
        MeetingKind.FINAL: "итоговая встреча",
    },
    MeetingState: {
        MeetingState.PLANNED: "запланирована",
        MeetingState.HELD: "состоялась",
        MeetingState.MISSED: "не состоялась",
        MeetingState.CANCELLED: "отменена",
    },
    NoticeState: {
        NoticeState.WAITING: "ждёт отправки",
        NoticeState.CLAIMED: "отправляется",
        NoticeState.SENT: "отправлено",
        NoticeState.FAILED: "не доставлено",
        NoticeState.EXPIRED: "устарело до отправки",
        NoticeState.NEEDLESS: "не понадобилось",
    },
    NoticeKind: {
        NoticeKind.GUARDIAN_CONSENT_ASKED: "просьба о согласии за ребёнка",
        NoticeKind.MINOR_GUARDIAN_CONSENTED: "родитель дал согласие",
        NoticeKind.MINOR_GUARDIAN_REFUSED: "родитель не дал или отозвал согласие",
        NoticeKind.PERSON_CONSENT_REMINDER: "напоминание о согласии",
        NoticeKind.MINOR_GUARDIAN_REMINDER: "напоминание о согласии родителя",
        NoticeKind.PERSON_QUESTIONNAIRE_REMINDER: "напоминание об анкете",
        NoticeKind.PERSON_QUESTIONNAIRE_RETURNED: "анкета возвращена с замечанием",
        NoticeKind.PERSON_APPROVED: "анкета принята",
        NoticeKind.PERSON_DECLINED: "ответ куратора об участии",
        NoticeKind.MENTOR_PAIR_PROPOSED: "предложение пары",
        NoticeKind.MENTEE_PAIR_PROPOSED: "предложение пары",
        NoticeKind.PERSON_PROPOSAL_REMINDER: "напоминание о предложении пары",
        NoticeKind.PERSON_PROPOSAL_GONE: "предложение пары снято",
        NoticeKind.PERSON_PAIR_CONFIRMED: "пара подтверждена",
        NoticeKind.GUARDIAN_PAIR_CONFIRMED: "пара ребёнка подтверждена",
        NoticeKind.PERSON_PAIR_ENDED: "пара завершена",
        NoticeKind.PERSON_FIRST_MEETING_REMINDER: "напоминание о первой встрече",
        NoticeKind.PERSON_SILENCE_REMINDER: "напоминание: давно не было встреч",
        NoticeKind.PERSON_MEETING_PLANNED: "встреча назначена",
        NoticeKind.PERSON_MEETING_MOVED: "встреча перенесена",
        NoticeKind.PERSON_MEETING_CANCELLED: "встреча отменена",
        NoticeKind.PERSON_MEETING_SUITS: "время встречи подошло",
        NoticeKind.PERSON_MEETING_OTHER_TIME: "просьба о другом времени",
        NoticeKind.PERSON_MEETING_TOMORROW: "напоминание о встрече за день",
        NoticeKind.PERSON_MEETING_SOON: "напоминание о встрече за час",
        NoticeKind.PERSON_FEEDBACK_ASKED: "просьба об отзыве",
        NoticeKind.PERSON_FEEDBACK_REMINDER: "напоминание об отзыве",
        NoticeKind.PERSON_SURVEY_ASKED: "просьба ответить на опрос",
        NoticeKind.PERSON_SURVEY_REMINDER: "напоминание об опросе",
        NoticeKind.PERSON_CURATOR_WROTE: "письмо куратора",
        NoticeKind.CURATOR_DIGEST: "сводка куратору",
        NoticeKind.CURATOR_PERSON_WROTE: "письмо участника куратору",
        NoticeKind.CURATOR_CONSENT_REFUSED: "кто-то не дал согласие",
        NoticeKind.CURATOR_CAMPAIGN_CLOSED: "опрос завершён",
        NoticeKind.CURATOR_CONSENT_WITHDRAWN: "кто-то отозвал согласие",
    },
}
