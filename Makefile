# Everything starts here; `make help` lists the targets. Needs GNU make and Python 3.11 or newer, nothing else.

PYTHON ?= python3
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
# Marks that the packages are in: those of a server, those of developers too, and those of measurements beside both.
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
LOCK = $(PY) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
# One process more than cores, as those in the browser mostly wait; tests/conftest.py says which tests stay together.
PROCESSES = $(shell $(PY) -c 'import os; print(min(8, (os.cpu_count() or 1) + 1))')
PARALLEL = --numprocesses $(PROCESSES) --dist loadscope --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup run demo test lint format messages migration bench soak audit screenshots lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(DEV) ## Make the virtual environment with the packages that developers need

$(RUN): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
		"Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Installing the packages of a server into $(VENV) (once; a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	@echo "Installing the packages of developers into $(VENV) (once; a minute or two)"
	@$(INSTALL) requirements-dev.txt
	@touch $@

$(BENCH): requirements-bench.txt $(DEV)
	@echo "Installing the packages of measurements into $(VENV) (once; less than a minute)"
	@$(INSTALL) requirements-bench.txt
	@touch $@

run: $(RUN) ## Serve on http://localhost:8501 (PORT=... changes it); demo data on the first start
	@$(PY) -m data init
	@$(PY) -m data demo --if-empty
	@exec $(PY) server.py

demo: $(RUN) ## Fill an empty database with demo data (ARGS="--scale 100" for two million events)
	@$(PY) -m data init
	@$(PY) -m data demo $(ARGS)

# Servers, commands and copies of the product that tests start take what was compiled before.
test: export PYTHONDONTWRITEBYTECODE =
test: $(DEV) ## Run all tests on all cores (ARGS="tests/queries" for some of them)
	@left_out=""; \
	if ! $(PY) -m tests.browser.chromium; then \
		echo "NO BROWSER TESTS: no Chromium here and none could be installed; the other tests run." >&2; \
		test -z "$$CI" || exit 1; \
		left_out="not browser"; fi; \
	if ! $(PY) -m tests.office; then \
		echo "NO OFFICE TESTS: they need LibreOffice and poppler-utils; the other tests run." >&2; \
		left_out="$${left_out:+$$left_out and }not office"; fi; \
	$(PY) -m pytest $(PARALLEL) -m "$$left_out" $(ARGS)

lint: $(DEV) ## Check format, style, types, imports and catalogues
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports
	@$(PY) -m data.texts.catalogues check

format: $(DEV) ## Format the code and mend what can be mended
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

messages: $(DEV) ## Bring the catalogues in data/locale up to the texts in the code
	@$(PY) -m data.texts.catalogues update

migration: $(DEV) ## Write the migration that brings the tables to the models (ARGS="add venue")
	@$(PY) -m data.database.migrate $(ARGS)
	@$(PY) -m ruff check --quiet --fix data/migrations
	@$(PY) -m ruff format --quiet data/migrations

bench: $(BENCH) ## Measure speed against a bare page and a Dash app, one JSON line a figure (ARGS=--quick for a small run)
	@$(PY) -m tests.bench $(ARGS)

soak: $(DEV) ## Kill the server 50 times between click and commit, on each database; every case of wide tests (ARGS="--kills 500")
	@$(PY) -m tests.soak $(ARGS)
	@LONG_TESTS=1 $(PY) -m pytest tests/queries/evaluations/test_curious_leader.py \
		tests/queries/indicators/test_verdicts.py tests/queries/registers/test_any_source.py tests/queries/statistics
	@$(PY) -m pytest $(PARALLEL) -m "flow or each_value" --thorough

audit: $(DEV) ## Recompute every indicator from the base tables of DATABASE_URL and compare each cell
	@$(PY) -m tests.audit $(DATABASE_URL)

screenshots: $(DEV) ## Pictures of every page in every language (ARGS=folder, by default var/screenshots)
	@$(PY) -m tests.browser.screenshots $(or $(ARGS),var/screenshots)

lock: $(DEV) ## Pin the newest versions that requirements.in, requirements-dev.in and requirements-bench.in allow
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --output-file requirements-dev.txt
	@$(LOCK) requirements-bench.in --output-file requirements-bench.txt
