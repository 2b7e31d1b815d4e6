import pytest

from mentoring.rules.document_fields import FIELDS
from mentoring.rules.document_order_choices import CHOICES
from mentoring.rules.documents import (
    DocumentAct,
    DocumentKind,
    DocumentState,
    Profile,
    is_order,
    next_state,
    register_of,
)
from mentoring.rules.errors import OutOfDate


@pytest.mark.parametrize("act", list(DocumentAct))
@pytest.mark.parametrize("state", [DocumentState.SIGNED, DocumentState.VOID])
def test_only_a_draft_changes(state: DocumentState, act: DocumentAct) -> None:
    with pytest.raises(OutOfDate) as refused:
        next_state(state, act)
    assert refused.value.state == state


def test_a_draft_is_signed_or_thrown_away() -> None:
    following = {act: next_state(DocumentState.DRAFT, act) for act in DocumentAct}
    assert following == {
        DocumentAct.CHANGE: DocumentState.DRAFT,
        DocumentAct.SIGN: DocumentState.SIGNED,
        DocumentAct.THROW_AWAY: DocumentState.VOID,
    }


def test_orders_share_one_register_of_a_year_and_other_papers_have_their_own() -> None:
    registers = {kind: register_of(kind, 2026) for kind in DocumentKind}
    assert {register for kind, register in registers.items() if is_order(kind)} == {"orders:2026"}
    assert len(set(registers.values())) == 1 + sum(not is_order(kind) for kind in DocumentKind)


def test_each_kind_has_its_fields_and_no_name_twice() -> None:
    assert set(FIELDS) == set(DocumentKind)
    for kind, fields in FIELDS.items():
        names = [field.name for field in fields]
        assert len(names) == len(set(names)), kind


def test_what_a_curator_writes_into_an_order_is_a_field_of_it_or_a_term() -> None:
    terms = {"starts_on", "ends_on"}  # of pairs and of periods: printed in their rows
    for kind in filter(is_order, DocumentKind):
        names = {field.name.split(".")[0] for field in FIELDS[kind]}
        rows = {row.name for field in FIELDS[kind] for row in field.rows}
        assert {choice.name for choice in CHOICES[kind]} <= names | rows | terms, kind


def test_a_profile_is_kept_whole_and_forgets_what_it_does_not_know() -> None:
    profile = Profile(city="г. Приозёрный", head_name="Громов Пётр Ильич", head_forms={"dative": "Громову"})
    assert Profile.from_stored(profile.to_stored()) == profile
    assert Profile.from_stored({**profile.to_stored(), "old": 1}) == profile
    assert Profile.from_stored({}) == Profile()
