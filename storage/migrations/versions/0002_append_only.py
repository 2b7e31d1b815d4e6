"""Consents, withdrawals and the audit are only ever added to: the database itself refuses anything else.

A later batch migration of one of these tables on SQLite rebuilds it without its triggers and must create them again.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("consent", "consent_withdrawal", "audit_entry")
ACTS = ("update", "delete")

SQLITE = """
CREATE TRIGGER {table}_refuses_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

POSTGRES_REFUSAL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""

POSTGRES = """
CREATE TRIGGER {table}_refuses_{act} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    if on_postgres:
        op.execute(POSTGRES_REFUSAL)
    trigger = POSTGRES if on_postgres else SQLITE
    for table in TABLES:
        for act in ACTS:
            op.execute(trigger.format(table=table, act=act))


def downgrade() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        for act in ACTS:
            op.execute(f"DROP TRIGGER {table}_refuses_{act}" + (f" ON {table}" if on_postgres else ""))
    if on_postgres:
        op.execute("DROP FUNCTION refuse_change()")
