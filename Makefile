# Everything is set up in .venv, from a bare Python 3.11 or newer; nothing else is needed.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
USE := .venv/.use
EVAL := .venv/.eval
DEV := .venv/.dev

NIGHT := runs/nightly
# Live when there is a key and a model, else from the recorded replies.
SOURCE := $(if $(and $(OPENAI_API_KEY),$(SUMMARIZER_MODEL)),--model $(SUMMARIZER_MODEL),--replies evals/replies/replies.jsonl)

.PHONY: brief test check format schemas readme nightly accept bench clean
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

nightly: $(EVAL)  ## Run the evaluation suite, compare it with the last accepted run, write the report.
	rm -rf $(NIGHT) && mkdir -p $(NIGHT)
	$(BIN)/summarizer eval run evals $(SOURCE) --name nightly --out $(NIGHT)/run
	$(BIN)/summarizer eval run evals --model offline --name offline --out $(NIGHT)/offline --quiet > $(NIGHT)/offline.txt
	$(BIN)/summarizer eval run evals --model lead-3 --name lead-3 --out $(NIGHT)/lead --quiet > $(NIGHT)/lead.txt
	cp evals/history/history.jsonl $(NIGHT)/history.jsonl
	$(BIN)/summarizer eval history $(NIGHT)/history.jsonl --add $(NIGHT)/run
	$(BIN)/summarizer eval report $(NIGHT)/run $(NIGHT)/offline $(NIGHT)/lead --base evals/history/accepted \
		--history $(NIGHT)/history.jsonl --config evals/gate.toml --html $(NIGHT)/report.html \
		--markdown $(NIGHT)/report.md --junit $(NIGHT)/junit.xml
	$(BIN)/summarizer eval gate evals/history/accepted $(NIGHT)/run --config evals/gate.toml

accept:  ## Keep the nightly run as the one that later runs are compared with.
	$(BIN)/summarizer eval history evals/history/history.jsonl --add $(NIGHT)/run --accept

bench: $(DEV) .venv/peers/bin/python  ## Measure speed, memory and starts against raw clients and peers, as ratios.
	$(BIN)/python -m tests.bench --peers-python .venv/peers/bin/python

# langextract needs an older tenacity than this package is tested with
.venv/peers/bin/python:
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/pip install --quiet "langextract>=1.7" "orjson>=3.10"

clean:  ## Remove the environment and caches.
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/pip:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade --constraint constraints.txt pip

$(USE): pyproject.toml constraints.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[offline]'
	touch $@

$(EVAL): $(USE)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[offline,eval,japanese,html,pdf,docx]'
	touch $@

$(DEV): $(EVAL)
	$(BIN)/pip install --quiet --constraint constraints.txt --group test --group check \
		--editable '.[offline,eval,japanese,html,pdf,docx,parquet,cluster,otel,profile,postgresql]'
	touch $@
