# Everything is set up in .venv, from a bare Python 3.11 or newer; nothing else is needed.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
USE := .venv/.use
DEV := .venv/.dev

.PHONY: brief test check format schemas readme bench clean
.DEFAULT_GOAL := help

help:  ## Say what can be made.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

brief: $(USE)  ## Set up, and write an English brief of a report that ships with this repository.
	$(BIN)/summarizer brief seeds/el_benghazi_delegation.txt --replies seeds/replies.jsonl

test: check  ## Set up, check, and run all tests.
	$(BIN)/python -m pytest

check: $(DEV)  ## Format, lint, types, import floors, generated files.
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/summarizer schema --output-dir schemas --check
	$(BIN)/python -m tests.readme --check

format: $(DEV)  ## Format the code and mend what can be mended.
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

schemas: $(DEV)  ## Write the JSON Schemas anew from the models.
	$(BIN)/summarizer schema --output-dir schemas

readme: $(DEV)  ## Write the help texts in README.md anew.
	$(BIN)/python -m tests.readme

bench: $(DEV)  ## Measure speed, memory and starts against raw clients and peers, as ratios.
	$(BIN)/pip install --quiet --constraint constraints.txt --group bench
	$(BIN)/python -m tests.bench

clean:  ## Remove the environment and caches.
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/pip:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade --constraint constraints.txt pip

$(USE): pyproject.toml constraints.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[offline]'
	touch $@

$(DEV): $(USE)
	$(BIN)/pip install --quiet --constraint constraints.txt --group test --group check
	touch $@
