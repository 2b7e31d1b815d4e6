"""Matching of a whole pool, papers, plans, selection of mentors; the longer life of a pair."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KNOWN_SINCE = "UPDATE pair SET started_at = confirmed_at"
MEMBERS_SINCE = """
UPDATE pair_member SET joined_at = (SELECT confirmed_at FROM pair WHERE pair.id = pair_member.pair_id)
"""
REACHED = "UPDATE pair SET state = 'completed' WHERE state = 'ended' AND end_reason = 'completed'"
NOT_REACHED = "UPDATE pair SET state = 'ended' WHERE state = 'completed'"
BACK = """
UPDATE pair SET state = CASE state WHEN 'trial' THEN 'active' WHEN 'confirmed' THEN 'active' WHEN 'paused' THEN 'active'
                                   WHEN 'parted' THEN 'ended' WHEN 'joined' THEN 'withdrawn' ELSE state END
"""
FILLED: dict[str, tuple[tuple[str, sa.types.TypeEngine[Any], str], ...]] = {
    "organisation": (("profile", sa.JSON(), "{}"),),
    "programme": (("matching", sa.JSON(), "{}"),),
    "person": (("name_forms", sa.JSON(), "{}"),),
    "meeting": (("replies", sa.JSON(), "{}"),),
    "pair": (
        ("decision_note", sa.String(500), ""),
        ("pause_reason", sa.String(300), ""),
        ("notice_reason", sa.String(40), ""),
        ("end_note", sa.String(500), ""),
    ),
}
"""Columns that every row needs: they come with a value for the rows that are there, which new rows bring themselves."""


def _add_filled() -> None:
    for table, columns in FILLED.items():
        with op.batch_alter_table(table) as batch_op:
            for name, kind, value in columns:
                batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=value))
        with op.batch_alter_table(table) as batch_op:
            for name, kind, _ in columns:
                batch_op.alter_column(name, existing_type=kind, server_default=None)


def upgrade() -> None:
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_training_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_training_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
    )
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_training_organisation_starts", ["organisation_id", "starts_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "document_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_account_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_document_template_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_document_template_uploaded_by_account_id_curator_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_template")),
        sa.UniqueConstraint(
            "organisation_id", "kind", "number", name=op.f("uq_document_template_organisation_id_kind_number")
        ),
    )
    with op.batch_alter_table("document_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_template_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "matching_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["matching_draft.id"], name=op.f("fk_matching_draft_copied_from_id_matching_draft")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_matching_draft_created_by_account_id_curator_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_matching_draft_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_matching_draft_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_draft")),
    )
    with op.batch_alter_table("matching_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matching_draft_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_matching_draft_programme_state", ["programme_id", "state"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("register", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("frozen", sa.JSON(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("template_digest", sa.String(length=64), nullable=False),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_account_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["amends_id"], ["document.id"], name=op.f("fk_document_amends_id_document")),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_document_created_by_account_id_curator_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_document_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_document_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_person_id_person")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_document_programme_id_programme")),
        sa.ForeignKeyConstraint(
            ["signed_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_document_signed_by_account_id_curator_account"),
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["document_template.id"], name=op.f("fk_document_template_id_document_template")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "organisation_id", "register", "number", name=op.f("uq_document_organisation_id_register_number")
        ),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_amends_id"), ["amends_id"], unique=False)
        batch_op.create_index("ix_document_organisation_dated", ["organisation_id", "dated_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_document_organisation_kind", ["organisation_id", "kind", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "document_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_line_document_id_document")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_document_line_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_document_line_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_document_line_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_line_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_line")),
    )
    with op.batch_alter_table("document_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_line_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_line_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_line_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_line_pair_id"), ["pair_id"], unique=False)

    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("interviewer", sa.String(length=200), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("notes", sa.String(length=4000), nullable=False),
        sa.Column("written_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_interview_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_interview_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_interview_written_by_account_id_curator_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interview_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "labour_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("duties", sa.String(length=1000), nullable=False),
        sa.Column("way", sa.String(length=300), nullable=False),
        sa.Column("payment", sa.String(length=500), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_labour_agreement_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_labour_agreement_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labour_agreement")),
    )
    with op.batch_alter_table("labour_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_labour_agreement_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_labour_agreement_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "matching_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("mentor_enrolment_id", sa.Integer(), nullable=False),
        sa.Column("mentee_enrolment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("made_by_account_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["matching_draft.id"], name=op.f("fk_matching_choice_draft_id_matching_draft")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_matching_choice_made_by_account_id_curator_account"),
        ),
        sa.ForeignKeyConstraint(
            ["mentee_enrolment_id"], ["enrolment.id"], name=op.f("fk_matching_choice_mentee_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_enrolment_id"], ["enrolment.id"], name=op.f("fk_matching_choice_mentor_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_matching_choice_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_choice")),
        sa.UniqueConstraint(
            "draft_id",
            "mentor_enrolment_id",
            "mentee_enrolment_id",
            name=op.f("uq_matching_choice_draft_id_mentor_enrolment_id_mentee_enrolment_id"),
        ),
    )
    with op.batch_alter_table("matching_choice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_matching_choice_mentee_enrolment_id"), ["mentee_enrolment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_matching_choice_mentor_enrolment_id"), ["mentor_enrolment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_matching_choice_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "matching_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("mentor_enrolment_id", sa.Integer(), nullable=False),
        sa.Column("mentee_enrolment_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["matching_draft.id"], name=op.f("fk_matching_line_draft_id_matching_draft")
        ),
        sa.ForeignKeyConstraint(
            ["mentee_enrolment_id"], ["enrolment.id"], name=op.f("fk_matching_line_mentee_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_enrolment_id"], ["enrolment.id"], name=op.f("fk_matching_line_mentor_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_matching_line_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_matching_line_pair_id_pair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_line")),
        sa.UniqueConstraint(
            "draft_id", "mentee_enrolment_id", name=op.f("uq_matching_line_draft_id_mentee_enrolment_id")
        ),
    )
    with op.batch_alter_table("matching_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matching_line_mentee_enrolment_id"), ["mentee_enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_matching_line_mentor_enrolment_id"), ["mentor_enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_matching_line_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_matching_line_pair_id"), ["pair_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("remark", sa.String(length=1000), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("approved", sa.JSON(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_plan_approved_by_account_id_curator_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_plan_pair_id_pair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("pair_id", name=op.f("uq_plan_pair_id")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "training_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("certificate", sa.String(length=100), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_training_record_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_training_record_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["training_id"], ["training.id"], name=op.f("fk_training_record_training_id_training")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        sa.UniqueConstraint("training_id", "enrolment_id", name=op.f("uq_training_record_training_id_enrolment_id")),
    )
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_record_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_record_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "waiting_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("exit", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("outcome", sa.String(length=1000), nullable=False),
        sa.Column("opened_by_account_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_waiting_case_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_waiting_case_opened_by_account_id_curator_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_waiting_case_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_case")),
    )
    with op.batch_alter_table("waiting_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_case_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(
            "ix_waiting_case_organisation_closed", ["organisation_id", "closed_at", "due_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_waiting_case_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "plan_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("planned_result", sa.String(length=500), nullable=False),
        sa.Column("actual_result", sa.String(length=500), nullable=False),
        sa.Column("mark", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_by_person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_person_id"], ["person.id"], name=op.f("fk_plan_item_added_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_item_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_item_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
    )
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_item_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_item_plan_id"), ["plan_id"], unique=False)

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("register_order_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_enrolment_register_order_id"), ["register_order_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_enrolment_register_order_id_document"), "document", ["register_order_id"], ["id"]
        )

    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("order_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("joins_pair_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("paused_from", sa.String(32), nullable=True))
        batch_op.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("silence_told_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_pair_joins_pair_id"), ["joins_pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pair_order_id"), ["order_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_pair_order_id_document"), "document", ["order_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_pair_joins_pair_id_pair"), "pair", ["joins_pair_id"], ["id"])

    with op.batch_alter_table("pair_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("left_reason", sa.String(32), nullable=True))
    _add_filled()
    for change in (KNOWN_SINCE, MEMBERS_SINCE, REACHED):
        op.execute(change)


def downgrade() -> None:
    op.execute(NOT_REACHED)
    op.execute(BACK)
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_column("matching")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("name_forms")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("replies")

    with op.batch_alter_table("pair_member", schema=None) as batch_op:
        batch_op.drop_column("left_reason")
        batch_op.drop_column("left_at")
        batch_op.drop_column("joined_at")

    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pair_joins_pair_id_pair"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_pair_order_id_document"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_pair_order_id"))
        batch_op.drop_index(batch_op.f("ix_pair_joins_pair_id"))
        batch_op.drop_column("end_note")
        batch_op.drop_column("silence_told_at")
        batch_op.drop_column("resumed_at")
        batch_op.drop_column("notice_reason")
        batch_op.drop_column("ends_on")
        batch_op.drop_column("pause_reason")
        batch_op.drop_column("paused_until")
        batch_op.drop_column("paused_from")
        batch_op.drop_column("joins_pair_id")
        batch_op.drop_column("order_id")
        batch_op.drop_column("decision_note")
        batch_op.drop_column("started_at")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("profile")

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_enrolment_register_order_id_document"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_enrolment_register_order_id"))
        batch_op.drop_column("register_order_id")

    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_item_plan_id"))
        batch_op.drop_index(batch_op.f("ix_plan_item_organisation_id"))

    op.drop_table("plan_item")
    with op.batch_alter_table("waiting_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_case_organisation_id"))
        batch_op.drop_index("ix_waiting_case_organisation_closed")
        batch_op.drop_index(batch_op.f("ix_waiting_case_enrolment_id"))

    op.drop_table("waiting_case")
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_training_record_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_training_record_enrolment_id"))

    op.drop_table("training_record")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_organisation_id"))

    op.drop_table("plan")
    with op.batch_alter_table("matching_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matching_line_pair_id"))
        batch_op.drop_index(batch_op.f("ix_matching_line_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_matching_line_mentor_enrolment_id"))
        batch_op.drop_index(batch_op.f("ix_matching_line_mentee_enrolment_id"))

    op.drop_table("matching_line")
    with op.batch_alter_table("matching_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matching_choice_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_matching_choice_mentor_enrolment_id"))
        batch_op.drop_index(batch_op.f("ix_matching_choice_mentee_enrolment_id"))

    op.drop_table("matching_choice")
    with op.batch_alter_table("labour_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_labour_agreement_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_labour_agreement_enrolment_id"))

    op.drop_table("labour_agreement")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_interview_enrolment_id"))

    op.drop_table("interview")
    with op.batch_alter_table("document_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_line_pair_id"))
        batch_op.drop_index(batch_op.f("ix_document_line_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_document_line_enrolment_id"))
        batch_op.drop_index(batch_op.f("ix_document_line_document_id"))

    op.drop_table("document_line")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_programme_id"))
        batch_op.drop_index(batch_op.f("ix_document_person_id"))
        batch_op.drop_index(batch_op.f("ix_document_pair_id"))
        batch_op.drop_index("ix_document_organisation_kind")
        batch_op.drop_index(batch_op.f("ix_document_organisation_id"))
        batch_op.drop_index("ix_document_organisation_dated")
        batch_op.drop_index(batch_op.f("ix_document_amends_id"))

    op.drop_table("document")
    with op.batch_alter_table("matching_draft", schema=None) as batch_op:
        batch_op.drop_index("ix_matching_draft_programme_state")
        batch_op.drop_index(batch_op.f("ix_matching_draft_organisation_id"))

    op.drop_table("matching_draft")
    with op.batch_alter_table("document_template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_template_organisation_id"))

    op.drop_table("document_template")
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_training_programme_id"))
        batch_op.drop_index("ix_training_organisation_starts")
        batch_op.drop_index(batch_op.f("ix_training_organisation_id"))

    op.drop_table("training")
