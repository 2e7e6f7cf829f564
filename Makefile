# make demo            try the bot on generated sample data, without a Discord token
# make demo DATA=DIR   the same on the Steam files in DIR
# make test            every check there is
# make pictures        take the pictures of the documentation again (needs Chromium)
# make locales         bring the catalogues up to date with the words in the code (NEW=fr begins one)
# make lock            resolve the dependencies again

PYTHON ?= python3
DATA ?=
BIN := .venv/bin

.PHONY: demo test lint types imports migrations pytest pictures locales lock
.DELETE_ON_ERROR:

demo: .venv/.runtime
	@$(BIN)/nextplay demo $(if $(DATA),--data '$(DATA)')

test: lint types imports migrations pytest

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev
	$(BIN)/mypy

imports: .venv/.dev
	$(BIN)/lint-imports

migrations: .venv/.dev
	$(BIN)/python -m tools.check_migrations

pytest: .venv/.dev
	$(BIN)/pytest -q

pictures: .venv/.dev
	$(BIN)/python -m tools.pictures

locales: .venv/.dev
	$(BIN)/python -m tools.update_locales $(NEW)

lock: .venv/.dev
	$(BIN)/uv pip compile $(LOCK) --group build --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --group dev --constraints requirements.lock \
	    --output-file requirements-dev.lock pyproject.toml

LOCK := --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
    --no-emit-index-url --no-annotate --no-header

.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	    "Nextplay needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11")'
	@echo "Setting up .venv (about a minute) ..."
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.runtime: requirements.lock pyproject.toml | .venv/.created
	@$(call install,requirements.lock)
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml | .venv/.created
	@$(call install,requirements-dev.lock)
	@touch $@ .venv/.runtime

define install
$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1) && \
$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endef
