# Everything that a developer does here. `make` lists it.

# The system's Python where it is of the version on the path: distributions build it with profiles, a fifth faster.
ifeq ($(origin PYTHON),undefined)
PYTHON := $(shell ask='import sys, venv, ensurepip; print(sys.version_info[:2])'; \
  ours=$$(/usr/bin/python3 -c "$$ask" 2>/dev/null); \
  [ -n "$$ours" ] && [ "$$ours" = "$$(python3 -c "$$ask" 2>/dev/null)" ] && echo /usr/bin/python3 || echo python3)
endif
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo up test check contracts docs bench mutation clean

help: ## What there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18
	@echo "  ARGS=... is handed on, as in: make demo ARGS='--json --exit'"

setup: $(READY) ## Make .venv from requirements.lock, with the command .venv/bin/upheld

demo: $(READY) ## Kafka, Postgres, four services and a scenario, live
	@$(BIN)/upheld demo $(ARGS)

up: $(READY) ## Kafka, Postgres and the four services, until Ctrl-C
	@$(BIN)/upheld up $(ARGS)

# Those that bring a whole installation of processes have the machine to themselves; the rest shares two stacks.
ALONE := tests/crash/test_crash.py tests/e2e

test: $(READY) ## All tests, on a real Kafka and Postgres
	@status=0; \
	$(BIN)/pytest --numprocesses 2 --dist loadfile $(ALONE:%=--ignore %) $(ARGS) || status=$$?; \
	$(BIN)/pytest $(ALONE) $(ARGS) || status=$$?; \
	exit $$status

bench: $(READY) ## How fast it is, beside something that does the same work without it
	@$(BIN)/python -m bench $(ARGS)

mutation: $(READY) ## Whether the unit tests notice small changes of triage's rules and the clocks
	@$(BIN)/python -m mutation $(ARGS)

check: $(READY) ## Lint, format, types, import rules, and that no contract is broken
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy services shared upheld bench mutation
	$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m upheld.contracts check

contracts: $(READY) ## Make docs/asyncapi.yaml, docs/openapi/ and schemas/ from the code
	@$(BIN)/python -m upheld.contracts write $(ARGS)

docs: $(READY) ## Write the pages of docs/ that come from the code
	$(BIN)/python docs/tables.py

clean: ## Remove .venv and the tools' caches; downloads stay in the cache folder
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage dist var mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Made last of all, so that a setup that broke off is done again.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or later is needed, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "Install it (Debian: apt install python3 python3-venv), or name another: make PYTHON=python3.12 ..." >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) lacks the modules venv and ensurepip. Install them (Debian: apt install python3-venv)." >&2; \
	  exit 1; }
	@echo "setting up .venv from requirements.lock with $$($(PYTHON) --version)"
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
