# make demo            try the bot on generated sample data, without a Discord token
# make demo DATA=DIR   the same on the Steam files in DIR
# make check           lint, types, import contracts and the quick tests
# make test            every check there is
# make pictures        take the pictures of the documentation again (needs Chromium)
# make locales         bring the catalogues up to date with the words in the code (NEW=fr begins one)
# make docs            write the references of commands, command line, tables, HTTP and local Discord again
# make spark           install Spark for its tests, which needs Java 17 or newer
# make lock            resolve the dependencies again

PYTHON ?= python3
DATA ?=
# Processes that tests run in side by side; 0 is this one alone. One more than there are processors, since
# many tests wait for a moment.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
BIN := .venv/bin
# Each of many processes would compile every module again.
unexport PYTHONDONTWRITEBYTECODE
TYPESCRIPT := 5.9.3
TSC := build/typescript-$(TYPESCRIPT)/node_modules/.bin/tsc

.PHONY: demo check test lint types imports migrations quick pytest js pictures locales docs spark lock
.DELETE_ON_ERROR:

demo: .venv/.runtime
	@$(BIN)/nextplay demo $(if $(DATA),--data '$(DATA)')

check: .venv/.dev
	@$(MAKE) --no-print-directory --jobs=4 lint types imports quick

test: .venv/.dev
	@$(MAKE) --no-print-directory --jobs=2 lint types imports migrations js
	@$(MAKE) --no-print-directory pytest

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev
	$(BIN)/mypy

imports: .venv/.dev
	$(BIN)/lint-imports

migrations: .venv/.dev
	$(BIN)/python -m tools.check_migrations

# These wait for nothing, and each process collects all tests.
quick: WORKERS = auto
quick: .venv/.dev
	$(PYTEST) --hypothesis-profile=quick -m 'not (slow or faults or browser or real_data)'

pytest: .venv/.dev
	$(PYTEST) --durations=10

PYTEST = $(BIN)/pytest -q --numprocesses $(WORKERS) --maxprocesses 4 --dist worksteal

# The JavaScript of the playground's page. Where npm is missing that is an error only if no check may be skipped.
js:
	@if command -v npm >/dev/null; then $(MAKE) -s $(TSC) && $(TSC) -p playground/web/jsconfig.json; \
	else echo "The page's JavaScript is not checked: npm is not installed."; \
	    test -z "$$NEXTPLAY_TESTS_NO_SKIPS"; fi

# Neither a package.json nor a lock file, which would record the addresses of a registry.
$(TSC):
	npm install --silent --no-save --no-package-lock --no-audit --no-fund \
	    --prefix build/typescript-$(TYPESCRIPT) typescript@$(TYPESCRIPT)

pictures: .venv/.dev
	$(BIN)/python -m tools.pictures

locales: .venv/.dev
	$(BIN)/python -m tools.update_locales $(NEW)

docs: .venv/.dev
	$(BIN)/python -m tools.command_docs
	$(BIN)/python -m tools.cli_docs
	$(BIN)/python -m tools.schema_docs
	$(BIN)/python -m tools.http_docs
	$(BIN)/python -m tools.steam_docs
	$(BIN)/python -m tools.local_discord_docs

spark: .venv/.spark

lock: .venv/.dev
	$(BIN)/uv pip compile $(LOCK) --group build --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --group dev --constraints requirements.lock \
	    --output-file requirements-dev.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --group serve --constraints requirements.lock \
	    --output-file requirements-serve.lock
	$(BIN)/uv pip compile $(LOCK) --extra spark --constraints requirements-dev.lock \
	    --output-file requirements-spark.lock pyproject.toml

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

.venv/.spark: requirements-spark.lock .venv/.dev
	@$(PIP_INSTALL) --require-hashes --requirement requirements-spark.lock
	@touch $@

PIP_INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check

define install
$(PIP_INSTALL) --require-hashes --requirement $(1) && \
$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
endef
