# The two commands of the README are `make briefing` and `make test`; each sets up what it needs.
# PYTHON chooses the interpreter (3.11, 3.12 or 3.13): make briefing PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROOT ?= .
UV := $(BIN)/uv pip
# Compiled once here: where bytecode is not written, every import would be slow every time.
INSTALL := $(UV) install --quiet --python $(BIN)/python --compile-bytecode --require-hashes

.PHONY: briefing test lab bench clean lint types lock setup

briefing: $(VENV)/.run
	@$(BIN)/briefing --root $(ROOT) run

test: $(VENV)/.dev
	@sh tests/run.sh

lab: $(VENV)/.run
	@$(BIN)/jupyter lab --notebook-dir=. notebooks

bench: $(VENV)/.dev
	@$(BIN)/python -m tests.benchmarks

lint: $(VENV)/.dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

setup: $(VENV)/.run

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed; choose one with: make PYTHON=python3.12"; exit 1; }
	@echo "setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run: $(BIN)/uv requirements.lock pyproject.toml
	@$(INSTALL) -r requirements.lock
	@$(UV) install --quiet --python $(BIN)/python --no-deps -e .
	@$(BIN)/python -m analysis.setup
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@$(INSTALL) -r requirements-dev.lock
	@$(UV) install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

# Names, versions and hashes only: an address in a lock would tie it to one registry.
lock: $(BIN)/uv
	@$(UV) compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	@$(UV) compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements.lock -o requirements-dev.lock
	@$(BIN)/python scripts/make_environment.py > environment.yml

clean:
	@rm -rf $(VENV) .briefing build .pytest_cache .mypy_cache .ruff_cache *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
