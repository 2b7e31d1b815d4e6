"""The history of the tables, told to Alembic."""
