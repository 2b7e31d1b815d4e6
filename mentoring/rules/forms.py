"""Forms of mentoring (methodology.md §1.3): who helps whom.

Five are federal; «учитель–ученик» is a widespread regional one; «педагог–педагог» belongs to the pedagogues' model,
whose unit of work is a personalised programme. What a form is called is a word of the doors.
"""

from enum import StrEnum

from mentoring.rules.people import PersonKind


class OrganisationKind(StrEnum):
    """Decides what forms are called (methodology.md §1.3), nothing else."""

    SCHOOL = "school"
    COLLEGE = "college"
    ADDITIONAL = "additional"  # a centre of additional education


class Form(StrEnum):
    PUPIL_PUPIL = "pupil_pupil"
    TEACHER_TEACHER = "teacher_teacher"
    STUDENT_PUPIL = "student_pupil"
    EMPLOYER_PUPIL = "employer_pupil"
    EMPLOYER_STUDENT = "employer_student"
    TEACHER_PUPIL = "teacher_pupil"
    PEDAGOGUES = "pedagogues"


def form_of(mentor: PersonKind | None, mentee: PersonKind | None) -> Form | None:
    """The form that two people make by who they are; None where no form of the model fits.

    Two teachers make «учитель–учитель»; that a pair works by the pedagogues' model is for the curator to say.
    """
    return _FORMS.get((mentor, mentee)) if mentor and mentee else None


_FORMS = {
    (PersonKind.PUPIL, PersonKind.PUPIL): Form.PUPIL_PUPIL,
    (PersonKind.STUDENT, PersonKind.STUDENT): Form.PUPIL_PUPIL,  # of a college: «обучающийся–обучающийся»
    (PersonKind.TEACHER, PersonKind.TEACHER): Form.TEACHER_TEACHER,
    (PersonKind.STUDENT, PersonKind.PUPIL): Form.STUDENT_PUPIL,
    (PersonKind.SPECIALIST, PersonKind.PUPIL): Form.EMPLOYER_PUPIL,
    (PersonKind.SPECIALIST, PersonKind.STUDENT): Form.EMPLOYER_STUDENT,
    (PersonKind.TEACHER, PersonKind.PUPIL): Form.TEACHER_PUPIL,
    (PersonKind.TEACHER, PersonKind.STUDENT): Form.TEACHER_PUPIL,
}
