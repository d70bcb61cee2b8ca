# `make` prints the targets. Everything runs in .venv, which the first target that needs it sets up.

PYTHON ?= python3
# The address of a package index that serves CPU builds of torch; empty means the index pip uses anyway.
TORCH_INDEX ?=
# The size of the sample network that `make run` adds to the bundled organisations; 1.0 is the real size.
SAMPLE_SCALE ?= 0.05
TEST_WORKERS ?= 2
PYTEST_ARGS ?=
# For instance BENCH_ARGS="--all --out docs/benchmarks.md".
BENCH_ARGS ?=

PRINTED_DOCS := docs/cli.md docs/cli.ja.md docs/configuration.md docs/errors.md docs/indicators.md docs/tour.md

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## Print the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(VENV)/.run ## Set up what is missing, then talk to matchbot in this terminal
	@$(BIN)/matchbot setup --sample-scale $(SAMPLE_SCALE)
	@$(BIN)/matchbot chat

.PHONY: setup
setup: $(VENV)/.dev $(VENV)/.emulator ## Install the project and what its tests and checks need

.PHONY: test
test: $(VENV)/.dev $(VENV)/.emulator ## Run all tests
	$(PYTEST) -n $(TEST_WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

.PHONY: soak
soak: $(VENV)/.dev $(VENV)/.emulator ## Run the heavy repetitions in full (hours)
	MATCHBOT_SOAK=1 $(PYTEST) -m soak --timeout 0 $(PYTEST_ARGS)

.PHONY: bench
bench: $(VENV)/.bench ## Measure speed and quality, and compare with other engines
	$(BIN)/python tests/bench $(BENCH_ARGS)

.PHONY: pictures
pictures: $(VENV)/.dev ## Take the pictures of the docs anew, from the page of the demo (needs Chromium)
	$(BIN)/python tests/pictures.py

.PHONY: check
check: $(VENV)/.dev ## Check format, lint, types, the floors and the printed docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cog -I docs --check $(PRINTED_DOCS)
	$(PYTEST) -q tests/docs

.PHONY: format
format: $(VENV)/.dev ## Format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: docs
docs: $(VENV)/.dev ## Print the docs that come from the code
	$(BIN)/cog -I docs -r $(PRINTED_DOCS)

.PHONY: clean
clean: ## Remove the environment and every cache (not var/, where the corpus is)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment: one stamp for each use, redone when the project's requirements change ---

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo 'matchbot needs Python 3.11 or newer, which "$(PYTHON)" is not. Name one: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo '"$(PYTHON)" cannot make environments: install its venv package (Debian: apt-get install python3-venv)' >&2; exit 1; }
	@echo 'Making the environment in $(VENV) ...'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# torch goes first, so that it alone comes from TORCH_INDEX, and what it needs from where pip always looks.
$(VENV)/.torch: constraints.txt | $(VENV)/.made
	@echo 'Installing torch ...'
	$(PIP) --no-deps $(if $(TORCH_INDEX),-i $(TORCH_INDEX)) torch
	@touch $@

$(VENV)/.dev: EXTRAS := [dev,scale]
$(VENV)/.bench: EXTRAS := [dev,scale,bench]
$(VENV)/.run $(VENV)/.dev $(VENV)/.bench: pyproject.toml constraints.txt $(VENV)/.torch
	@echo 'Installing matchbot and what it needs (a few minutes the first time) ...'
	$(PIP) --editable '.$(EXTRAS)'
	@touch $@

# A Slack that we did not write, for the tests: with its own Node, installed where there is npm, and missed by nobody.
$(VENV)/.emulator: tests/emulator/package-lock.json | $(VENV)/.made
	@if command -v npm >/dev/null && npm ci --silent --no-audit --no-fund --prefix tests/emulator; then touch $@; \
	  else echo 'No Slack emulator: without npm and its registry, the tests that need it are skipped.'; fi
