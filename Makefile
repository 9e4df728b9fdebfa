# One command per wish; CI runs the same ones (.ci/run).
PYTHON ?= python3
BIN := .venv/bin
INDEX := $(or $(LIAISON_INDEX),.liaison)
unexport PYTHONDONTWRITEBYTECODE  # a start that finds everything compiled takes half the time

.PHONY: run chromium test check format reference slow bench gate corpus env clean

run: env  ## sync corpus/ and serve it on http://127.0.0.1:8000
	@$(BIN)/python -m ingest corpus --index $(INDEX) || [ $$? -eq 1 ]
	@echo "Ask at http://127.0.0.1:8000/ or in another terminal: $(BIN)/python -m assistant ask \"Does CERN invest capital in spin-offs?\""
	@$(BIN)/python -m assistant serve --index $(INDEX)

test: env-dev chromium  ## everything that CI runs: tests, with the reference data where it is there
	$(BIN)/python corpus/_sources/build.py --check
	$(BIN)/python -m ingest check corpus
	$(BIN)/python -m pytest -q -n auto -m "not slow"

slow: env-dev  ## long checks: kills in the middle of a sync, memory over many syncs, 2,000 questions over the corpus
	$(BIN)/python -m pytest -q -m slow --timeout 1800

check: env-dev  ## lint, format, types, architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py

format: env-dev  ## mend what a tool can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

corpus: env-dev  ## build the PDF, DOCX and HTML documents of corpus/ from their sources
	$(BIN)/python corpus/_sources/build.py

bench: env-dev  ## the program beside the usual recipe, on DATA, a BEIR folder
	$(BIN)/python -m evals.bench.side_by_side $(DATA)

gate: env  ## the question sets asked of corpus/ without a language model, and held to evals/baseline.json
	@$(BIN)/python -m ingest corpus --index $(INDEX) || [ $$? -eq 1 ]
	@rm -rf evals/runs/gate
	$(BIN)/python -m evals run evals/questions --index $(INDEX) --out evals/runs/gate
	$(BIN)/python -m evals gate evals/runs/gate

chromium:  # the browser of the tests; Debian's, for root can install it
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium; } \
	  || { echo "the browser tests need chromium: install it (Debian: apt-get install chromium)"; exit 1; }

env: .venv/runtime  ## the environment alone

env-dev: .venv/development

.venv/bin/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip uninstall --quiet --python $(BIN)/python pip setuptools

.venv/runtime: pyproject.toml | .venv/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -e .
	@touch $@

.venv/development: pyproject.toml .venv/runtime
	$(BIN)/uv pip install --quiet --python $(BIN)/python -e . --group dev
	@touch $@

clean:  ## remove the environment and the index
	rm -rf .venv $(INDEX)
