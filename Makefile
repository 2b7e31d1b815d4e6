# Needs Python 3.11 or newer and make, nothing else: each target sets up what it needs.
PYTHON ?= python3
IN := .venv/bin/python

# Without the settings of pyproject.toml, which follow greenlets too: the rules have none, and that takes half the time.
RULES_COVERED := --cov=mentoring.rules --cov-branch --cov-config=/dev/null --cov-report=term-missing:skip-covered --cov-fail-under=95

# Compiled modules are what makes a start fast, whatever the shell says about writing them.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench demo papers coverage migration backup doctor product developer clean

run: product ## the whole product; Ctrl-C stops it
	@exec $(IN) manage.py up

demo: product ## fill an empty database with an invented school
	@$(IN) manage.py demo

backup doctor: product
	@$(IN) manage.py $@

test: developer ## all tests; journeys that lack a browser say so loudly, where NO_SKIP is set nothing may be skipped
	@$(IN) -m pytest -q -n 4 --dist worksteal --durations=10

check: developer ## format, lint, types, arrows, migrations, and that the rules are covered
	$(IN) -m ruff format --check .
	$(IN) -m ruff check .
	$(IN) -m mypy
	.venv/bin/lint-imports --no-logo
	$(IN) -m pytest -q tests/storage/test_migrations.py
	$(IN) -m pytest -q -n 2 --dist worksteal tests/rules $(RULES_COVERED)

coverage: developer ## all tests, and how much of the code they run (twice as slow)
	@$(IN) -m pytest -q -n 2 --dist worksteal --cov

bench: developer ## speed of answers, cold start, memory
	@$(IN) manage.py bench

papers: developer ## every paper with awkward names, as LibreOffice opens it, to be looked at: var/papers
	@$(IN) -m tests.papers var/papers

migration: developer ## draft the next migration: make migration MESSAGE="Add …"
	@rm -f var/draft.db
	@DATABASE_URL=sqlite:///var/draft.db $(IN) manage.py migrate
	@DATABASE_URL=sqlite:///var/draft.db $(IN) manage.py migration --message "$(MESSAGE)"
	@rm -f var/draft.db*
	@$(IN) -m ruff check -q --fix storage/migrations && $(IN) -m ruff format -q storage/migrations

product:
	@$(PYTHON) bootstrap requirements.lock

developer: product
	@$(PYTHON) bootstrap requirements-dev.lock

clean: ## everything that can be made again; the data in var/ stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage*
	find . -name __pycache__ -prune -exec rm -rf {} +
