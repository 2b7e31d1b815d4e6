"""Lists and «Сегодня» at a hundred thousand people: columns that they are sorted by, indexes of the few rows that wait."""

from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS: dict[str, tuple[tuple[str, sa.types.TypeEngine[Any], Any], ...]] = {
    "person": (
        ("taking_part", sa.Boolean(), sa.false()),
        ("reminded_of_consents", sa.Integer(), "0"),
        ("reminded_of_questionnaire", sa.Integer(), "0"),
    ),
    "pair": (
        ("plan_state", sa.String(32), None),
        ("plan_at", sa.DateTime(timezone=True), None),
        ("plan_listed_as", sa.Integer(), "1"),
        ("order_outdated", sa.Boolean(), sa.false()),
        ("labour_gap", sa.Boolean(), sa.false()),
    ),
    "meeting": (("expected", sa.Integer(), "0"),),
    "document": (("listed_at", sa.DateTime(timezone=True), None),),
}
WITHOUT_OWN_INDEX = (
    *("person", "channel_account", "guardianship", "enrolment", "pair", "pair_member", "pair_event", "meeting"),
    *("notice", "response", "answer", "submission", "audit_entry", "document", "document_line", "plan", "plan_item"),
    *("interview", "training_record", "labour_agreement", "campaign_recipient", "paper_code", "matching_line"),
    *("matching_choice", "consent_withdrawal"),
)
"""Tables that grow with people: the index of the organisation alone misled the database, and cost every write."""
REPLACED = (
    ("ix_person_organisation_missing", "person", ["organisation_id", "missing_consents"]),
    ("ix_enrolment_programme_id", "enrolment", ["programme_id"]),
    ("ix_enrolment_person_id", "enrolment", ["person_id"]),
    ("ix_pair_member_pair_id", "pair_member", ["pair_id"]),
    ("ix_meeting_pair_id", "meeting", ["pair_id"]),
    ("ix_document_organisation_kind", "document", ["organisation_id", "kind", "state", "id"]),
)
ADDED = (
    ("ix_enrolment_programme_role", "enrolment", "programme_id role status person_id", None),
    (
        "ix_enrolment_programme_registered",
        "enrolment",
        "programme_id register_order_id",
        "register_order_id IS NOT NULL",
    ),
    ("ix_enrolment_person_status", "enrolment", "person_id status organisation_id", None),
    ("ix_pair_member_pair_role", "pair_member", "pair_id role organisation_id", None),
    ("ix_meeting_organisation_state", "meeting", "organisation_id state starts_at id pair_id expected", None),
    ("ix_meeting_pair_state", "meeting", "pair_id state starts_at organisation_id", None),
    ("ix_consent_organisation_decision", "consent", "organisation_id decision kind id", None),
    ("ix_plan_item_organisation_due", "plan_item", "organisation_id state due_on plan_id", None),
    ("ix_document_organisation_listed", "document", "organisation_id listed_at id state kind", None),
    ("ix_document_organisation_kind", "document", "organisation_id kind listed_at id state", None),
    ("ix_pair_organisation_entered", "pair", "organisation_id state state_at id", None),
    ("ix_pair_organisation_outdated", "pair", "organisation_id order_outdated state_at id", None),
    ("ix_pair_organisation_labour", "pair", "organisation_id labour_gap state_at id", None),
    ("ix_pair_organisation_met", "pair", "organisation_id last_met_at id state resumed_at", None),
    ("ix_pair_organisation_planned", "pair", "organisation_id plan_listed_as plan_at id state plan_state", None),
    (
        "ix_pair_organisation_never_met",
        "pair",
        "organisation_id started_at id state resumed_at",
        "last_met_at IS NULL",
    ),
    (
        "ix_pair_organisation_unordered",
        "pair",
        "organisation_id confirmed_at id state",
        "order_id IS NULL AND confirmed_at IS NOT NULL",
    ),
    ("ix_pair_organisation_ends", "pair", "organisation_id ends_on state", "ends_on IS NOT NULL"),
    ("ix_pair_organisation_paused", "pair", "organisation_id paused_until state", "paused_until IS NOT NULL"),
    (
        "ix_person_organisation_missing",
        "person",
        "organisation_id taking_part missing_consents reminded_of_consents erased_at",
        "missing_consents != 'none'",
    ),
    (
        "ix_person_organisation_reminded",
        "person",
        "organisation_id reminded_of_questionnaire",
        "reminded_of_questionnaire > 0",
    ),
    ("ix_notice_organisation_closed", "notice", "organisation_id state closed_at", "closed_at IS NOT NULL"),
    ("ix_letter_organisation_open", "letter", "organisation_id from_curator written_at", "answered_at IS NULL"),
)
FILLED = (
    """
    UPDATE person SET taking_part = (SELECT count(*) > 0 FROM enrolment WHERE enrolment.person_id = person.id
                                     AND enrolment.status IN ('joining', 'submitted', 'returned', 'approved'))
    """,
    """
    UPDATE person SET reminded_of_questionnaire = (
        SELECT count(*) FROM notice WHERE notice.person_id = person.id AND notice.state = 'sent'
        AND notice.kind = 'person_questionnaire_reminder')
    """,
    """
    UPDATE pair SET plan_state = plan.state, plan_at = plan.state_at,
                    plan_listed_as = CASE plan.state WHEN 'sent' THEN 0 WHEN 'draft' THEN 1 WHEN 'returned' THEN 1 ELSE 2 END
    FROM plan WHERE plan.pair_id = pair.id
    """,
    """
    UPDATE meeting SET expected = (
        SELECT count(*) FROM pair_member JOIN pair ON pair.id = pair_member.pair_id
        WHERE pair_member.pair_id = meeting.pair_id
        AND (joined_at IS NULL OR joined_at <= pair.started_at OR joined_at <= meeting.starts_at)
        AND (left_at IS NULL OR left_at >= meeting.starts_at))
    """,
    """
    UPDATE pair SET order_outdated = order_id IS NOT NULL AND (
        state IN ('completed', 'ended') AND NOT EXISTS (
            SELECT * FROM document_line AS line WHERE line.pair_id = pair.id AND line.act = 'end')
        OR state NOT IN ('completed', 'ended') AND EXISTS (
            SELECT * FROM pair_member AS member
            WHERE member.pair_id = pair.id AND member.role = 'mentee' AND (member.left_at IS NULL) != EXISTS (
                SELECT * FROM document_line AS line
                WHERE line.pair_id = member.pair_id AND line.person_id = member.person_id
                AND line.act IN ('fix', 'add') AND NOT EXISTS (
                    SELECT * FROM document_line AS later WHERE later.pair_id = line.pair_id
                    AND later.person_id = line.person_id AND later.act = 'remove' AND later.id > line.id))))
    """,
    """
    UPDATE pair SET labour_gap = state IN ('agreed', 'trial', 'confirmed') AND EXISTS (
        SELECT * FROM pair_member AS mentor
        JOIN person AS worker ON worker.id = mentor.person_id
        JOIN pair_member AS mentee ON mentee.pair_id = pair.id
        JOIN person AS helped ON helped.id = mentee.person_id
        WHERE mentor.pair_id = pair.id AND mentor.role = 'mentor' AND mentee.role = 'mentee' AND mentee.left_at IS NULL
        AND coalesce(worker.kind, '') NOT IN ('pupil', 'student')
        AND coalesce(helped.kind, '') NOT IN ('pupil', 'student')
        AND (pair.form IN ('teacher_teacher', 'pedagogues') OR pair.form = '' AND worker.kind = 'teacher' AND helped.kind = 'teacher')
        AND NOT EXISTS (
            SELECT * FROM labour_agreement WHERE labour_agreement.id = (
                SELECT max(id) FROM labour_agreement AS newer WHERE newer.enrolment_id = mentor.enrolment_id)
            AND labour_agreement.consent_on IS NOT NULL AND labour_agreement.stopped_on IS NULL))
    """,
    "UPDATE document SET listed_at = coalesce(signed_at, created_at)",
)
ABOUT_CONSENTS = """
SELECT dedup_key FROM notice WHERE state = 'sent' AND kind IN ('person_consent_reminder', 'minor_guardian_reminder')
"""


def upgrade() -> None:
    _add_columns()
    for statement in FILLED:
        op.execute(statement)
    _count_reminders()
    with op.batch_alter_table("document") as batch_op:
        batch_op.alter_column("listed_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    for table in WITHOUT_OWN_INDEX:
        op.drop_index(f"ix_{table}_organisation_id", table)
    for name, table, _ in REPLACED:
        op.drop_index(name, table)
    for name, table, columns, where in ADDED:
        part = sa.text(where) if where else None
        op.create_index(name, table, columns.split(), sqlite_where=part, postgresql_where=part)


def downgrade() -> None:
    for name, table, _, _ in ADDED:
        op.drop_index(name, table)
    for name, table, columns in REPLACED:
        op.create_index(name, table, columns)
    for table in WITHOUT_OWN_INDEX:
        op.create_index(f"ix_{table}_organisation_id", table, ["organisation_id"])
    for table, added in COLUMNS.items():
        with op.batch_alter_table(table) as batch_op:
            for name, *_ in added:
                batch_op.drop_column(name)


def _add_columns() -> None:
    """Those that every row needs come with a value for the rows that are there, which new rows bring themselves."""
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch_op:
            for name, kind, value in columns:
                batch_op.add_column(sa.Column(name, kind, nullable=value is None, server_default=value))
        with op.batch_alter_table(table) as batch_op:
            for name, kind, value in columns:
                if value is not None:
                    batch_op.alter_column(name, existing_type=kind, server_default=None)


def _count_reminders() -> None:
    """The key of a reminder about a consent is «<kind>:<reader>:<whose>:…»."""
    connection = op.get_bind()
    times = Counter(int(key.split(":")[2]) for (key,) in connection.execute(sa.text(ABOUT_CONSENTS)))
    change = sa.text("UPDATE person SET reminded_of_consents = :times WHERE id = :id")
    if times:
        connection.execute(change, [{"id": person_id, "times": count} for person_id, count in times.items()])
