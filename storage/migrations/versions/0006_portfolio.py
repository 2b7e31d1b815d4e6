"""What a mentor's portfolio says beside the entry questionnaire."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "portfolio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("education", sa.String(length=300), nullable=False),
        sa.Column("work", sa.String(length=300), nullable=False),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("years_teaching", sa.Integer(), nullable=True),
        sa.Column("years_mentoring", sa.Integer(), nullable=True),
        sa.Column("awards", sa.String(length=1000), nullable=False),
        sa.Column("about", sa.String(length=1000), nullable=False),
        sa.Column("reviews", sa.String(length=1000), nullable=False),
        sa.Column("written_by_account_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_portfolio_person_id_person")),
        sa.ForeignKeyConstraint(
            ["written_by_account_id"],
            ["curator_account.id"],
            name=op.f("fk_portfolio_written_by_account_id_curator_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_portfolio_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio")),
        sa.UniqueConstraint("person_id", name=op.f("uq_portfolio_person_id")),
    )


def downgrade() -> None:
    op.drop_table("portfolio")
