"""Campaigns, reports of a period, drafts of questionnaires."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PAIRED = """
UPDATE enrolment SET paired = EXISTS (
    SELECT 1 FROM pair_member JOIN pair ON pair.id = pair_member.pair_id
    WHERE pair_member.enrolment_id = enrolment.id AND pair.state IN ('asked_mentor', 'asked_mentee', 'agreed', 'active')
)
"""

FORMS = {
    "ученик–ученик": "pupil_pupil",
    "учитель–учитель": "teacher_teacher",
    "студент–ученик": "student_pupil",
    "работодатель–ученик": "employer_pupil",
    "работодатель–студент": "employer_student",
    "учитель–ученик": "teacher_pupil",
}

KINDS = (
    ("pupil", "pupil", "pupil_pupil"),
    ("teacher", "teacher", "teacher_teacher"),
    ("student", "pupil", "student_pupil"),
    ("specialist", "pupil", "employer_pupil"),
    ("specialist", "student", "employer_student"),
    ("teacher", "pupil", "teacher_pupil"),
    ("teacher", "student", "teacher_pupil"),
)
FORM_BY_KINDS = """
UPDATE pair SET form = :form WHERE form = '' AND id IN (
    SELECT one.pair_id FROM pair_member AS one
    JOIN pair_member AS two ON two.pair_id = one.pair_id AND two.role = 'mentee'
    JOIN person AS mentor ON mentor.id = one.person_id AND mentor.kind = :mentor
    JOIN person AS mentee ON mentee.id = two.person_id AND mentee.kind = :mentee
    WHERE one.role = 'mentor'
)
"""

LISTED = """
UPDATE pair SET
    listed_as = CASE state WHEN 'agreed' THEN 0 WHEN 'asked_mentor' THEN 1 WHEN 'asked_mentee' THEN 1
                           WHEN 'active' THEN 1 ELSE 2 END,
    quiet_since = COALESCE(last_met_at, confirmed_at, state_at)
"""


# A published version is what people have answered: it never changes. A later batch migration of the table on SQLite
# rebuilds it without these triggers and must create them again.
SEALED = "questionnaire_version_is_sealed"
CHANGED = "BEFORE UPDATE OF definition, digest, number, published_at ON questionnaire_version"
SEAL_ON_SQLITE = """
CREATE TRIGGER {name} {when} WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'questionnaire_version is append-only'); END
"""
SEAL_ON_POSTGRES = """
CREATE TRIGGER {name} {when} FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change()
"""


def _seal() -> None:
    trigger = SEAL_ON_POSTGRES if op.get_bind().dialect.name == "postgresql" else SEAL_ON_SQLITE
    op.execute(trigger.format(name=SEALED, when=CHANGED))
    op.execute(trigger.format(name=f"{SEALED}_too", when="BEFORE DELETE ON questionnaire_version"))


def _unseal() -> None:
    on = " ON questionnaire_version" if op.get_bind().dialect.name == "postgresql" else ""
    for name in (SEALED, f"{SEALED}_too"):
        op.execute(f"DROP TRIGGER {name}{on}")


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("rolling", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tell", sa.JSON(), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_campaign_created_by_account_id_curator_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_campaign_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_campaign_programme_id_programme")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_campaign_questionnaire_id_questionnaire")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_campaign_organisation_state", ["organisation_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaign_questionnaire_id"), ["questionnaire_id"], unique=False)
        batch_op.create_index("ix_campaign_state_closes_at", ["state", "closes_at"], unique=False)
        batch_op.create_index("uq_campaign_origin", ["programme_id", "origin"], unique=True)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("frozen", sa.JSON(), nullable=True),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_account_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_report_created_by_account_id_curator_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_report_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_report_programme_id_programme")),
        sa.ForeignKeyConstraint(
            ["signed_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_report_signed_by_account_id_curator_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index("ix_report_organisation_ends_on", ["organisation_id", "ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "anonymous_sheet",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_anonymous_sheet_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_anonymous_sheet_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_anonymous_sheet_version_id_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anonymous_sheet")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("anonymous_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_anonymous_sheet_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_anonymous_sheet_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "campaign_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_recipient_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_campaign_recipient_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_campaign_recipient_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_campaign_recipient_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_campaign_recipient_person_id_person")),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_campaign_recipient_response_id_response"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_recipient")),
    )
    with op.batch_alter_table("campaign_recipient", schema=None) as batch_op:
        batch_op.create_index("ix_campaign_recipient_campaign_state", ["campaign_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaign_recipient_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaign_recipient_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index("ix_campaign_recipient_person_state", ["person_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaign_recipient_response_id"), ["response_id"], unique=False)
        batch_op.create_index("uq_campaign_recipient_subject", ["campaign_id", "person_id", "subject"], unique=True)

    op.create_table(
        "paper_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_paper_code_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_paper_code_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_paper_code_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_paper_code_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_code_person_id_person")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["campaign_recipient.id"], name=op.f("fk_paper_code_recipient_id_campaign_recipient")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_paper_code_version_id_questionnaire_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_code")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_paper_code_organisation_id_code")),
    )
    with op.batch_alter_table("paper_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_code_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_code_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_code_recipient_id"), ["recipient_id"], unique=False)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_organisation_kind", ["organisation_id", "kind"], unique=False)

    with op.batch_alter_table("channel_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("step_message_id", sa.Integer(), nullable=True))

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("introduced_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("figures", sa.JSON(), nullable=True))
    op.execute("UPDATE programme SET figures = '{}'")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.alter_column("figures", existing_type=sa.JSON(), nullable=False)

    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("listed_as", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quiet_since", sa.DateTime(timezone=True), nullable=True))
    op.execute(LISTED)
    for word, form in FORMS.items():
        op.execute(sa.text("UPDATE pair SET form = :form WHERE form = :word").bindparams(word=word, form=form))
    for mentor, mentee, form in KINDS:
        op.execute(sa.text(FORM_BY_KINDS).bindparams(mentor=mentor, mentee=mentee, form=form))
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.alter_column("listed_as", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("quiet_since", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.drop_index("ix_pair_organisation_state")
        batch_op.create_index(
            "ix_pair_organisation_listed", ["organisation_id", "listed_as", "quiet_since", "id"], unique=False
        )
        batch_op.create_index(
            "ix_pair_organisation_state", ["organisation_id", "state", "listed_as", "quiet_since", "id"], unique=False
        )

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paired", sa.Boolean(), nullable=True))
    op.execute(PAIRED)
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.alter_column("paired", existing_type=sa.Boolean(), nullable=False)
        batch_op.drop_index("ix_enrolment_organisation_status")
        batch_op.create_index(
            "ix_enrolment_organisation_status",
            ["organisation_id", "status", "role", "paired", "person_id"],
            unique=False,
        )

    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("edited_by_account_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_questionnaire_version_edited_by_account_id_curator_account"),
            "curator_account",
            ["edited_by_account_id"],
            ["id"],
        )

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pair_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("campaign_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_response_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(
            "ix_response_questionnaire_state", ["questionnaire_id", "state", "submitted_at"], unique=False
        )
        batch_op.create_foreign_key(batch_op.f("fk_response_campaign_id_campaign"), "campaign", ["campaign_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_response_pair_id_pair"), "pair", ["pair_id"], ["id"])
    _seal()


def downgrade() -> None:
    _unseal()
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_response_pair_id_pair"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_response_campaign_id_campaign"), type_="foreignkey")
        batch_op.drop_index("ix_response_questionnaire_state")
        batch_op.drop_index(batch_op.f("ix_response_pair_id"))
        batch_op.drop_index(batch_op.f("ix_response_campaign_id"))
        batch_op.drop_column("campaign_id")
        batch_op.drop_column("pair_id")

    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_questionnaire_version_edited_by_account_id_curator_account"), type_="foreignkey"
        )
        batch_op.drop_column("edited_by_account_id")
        batch_op.drop_column("edited_at")

    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.drop_column("hidden_at")

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index("ix_enrolment_organisation_status")
        batch_op.create_index(
            "ix_enrolment_organisation_status", ["organisation_id", "status", "role", "person_id"], unique=False
        )
        batch_op.drop_column("paired")

    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_index("ix_pair_organisation_state")
        batch_op.drop_index("ix_pair_organisation_listed")
        batch_op.create_index("ix_pair_organisation_state", ["organisation_id", "state"], unique=False)
        batch_op.drop_column("quiet_since")
        batch_op.drop_column("listed_as")

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_column("figures")
        batch_op.drop_column("introduced_on")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_organisation_kind")

    with op.batch_alter_table("channel_account", schema=None) as batch_op:
        batch_op.drop_column("step_message_id")

    with op.batch_alter_table("paper_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_code_recipient_id"))
        batch_op.drop_index(batch_op.f("ix_paper_code_person_id"))
        batch_op.drop_index(batch_op.f("ix_paper_code_organisation_id"))

    op.drop_table("paper_code")
    with op.batch_alter_table("campaign_recipient", schema=None) as batch_op:
        batch_op.drop_index("uq_campaign_recipient_subject")
        batch_op.drop_index(batch_op.f("ix_campaign_recipient_response_id"))
        batch_op.drop_index("ix_campaign_recipient_person_state")
        batch_op.drop_index(batch_op.f("ix_campaign_recipient_pair_id"))
        batch_op.drop_index(batch_op.f("ix_campaign_recipient_organisation_id"))
        batch_op.drop_index("ix_campaign_recipient_campaign_state")

    op.drop_table("campaign_recipient")
    with op.batch_alter_table("anonymous_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_anonymous_sheet_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_anonymous_sheet_campaign_id"))

    op.drop_table("anonymous_sheet")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_organisation_id"))
        batch_op.drop_index("ix_report_organisation_ends_on")

    op.drop_table("report")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index("uq_campaign_origin")
        batch_op.drop_index("ix_campaign_state_closes_at")
        batch_op.drop_index(batch_op.f("ix_campaign_questionnaire_id"))
        batch_op.drop_index("ix_campaign_organisation_state")
        batch_op.drop_index(batch_op.f("ix_campaign_organisation_id"))

    op.drop_table("campaign")
