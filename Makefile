# make demo    a plan for the sample round nord
# make test    the tests
# make browser the meeting page in Chromium, which must be installed; needs node and npm for axe-core
# make lint    style and types
# make samples the sample files again; make docs the pages made from the code
# make letters the templates of letters again; make picture the pictures in README and docs/nb
# make texts   the keys of the translations again; fails and names those to translate
# make bench   the engine against others; writes docs/benchmarks.md; about half an hour
# make study-bench  what a study costs beside solving, and on many workers; about ten minutes
# make year    a year of four quarters with sixty invented doctors; about two minutes
# make night   thousands of random rounds against brute force, and 10,000 corrupted answers
# make mutants mutation tests of rules, goals, options and the check; about an hour
# make coverage, make lock, make clean

PYTHON ?= python3
BIN := .venv/bin
OUT ?= out/nord
COMPILE := uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
  --no-strip-extras --python-version 3.11 --extra build

.PHONY: demo year test browser lint samples docs letters picture texts bench study-bench night mutants coverage lock clean

demo: .venv/runtime
	$(BIN)/alis plan data/samples/nord --out $(OUT)

year: .venv/dev
	$(BIN)/python -m tools.year out/year

test: .venv/dev
	$(BIN)/pytest -n auto -rs

browser: .venv/dev tests/browser/node_modules/.package-lock.json
	ALIS_BROWSER=required $(BIN)/pytest -n 2 tests/browser

tests/browser/node_modules/.package-lock.json: tests/browser/package-lock.json
	cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 scheduler models cli.py

samples: .venv/dev
	$(BIN)/python -m tools.build_samples

docs: .venv/dev
	$(BIN)/python -m tools.build_docs

letters: .venv/dev
	$(BIN)/python -m tools.build_letters

picture: .venv/dev
	$(BIN)/python -m tools.build_picture

texts: .venv/dev
	$(BIN)/python -m tools.build_texts

bench: .venv/dev
	$(BIN)/python -m benchmarks.run

study-bench: .venv/dev
	$(BIN)/python -m benchmarks.studies

night: .venv/dev
	ALIS_HOSTILE=5000 ALIS_ROUNDS=6000 ALIS_CORRUPTED=10000 ALIS_MILP=100 ALIS_EXPLAINED=200 ALIS_MUTATED=40 HYPOTHESIS_PROFILE=night $(BIN)/pytest -n auto \
	  tests/test_oracle.py tests/problem/test_calendar.py tests/test_milp.py tests/listing/test_reach.py tests/explanations \
	  tests/solver/test_corrupted.py tests/hostile tests/input/test_one_letter_off.py tests/quarter/test_years.py

mutants: .venv/dev
	$(BIN)/python -m tools.mutants

coverage: .venv/dev
	$(BIN)/pytest -n auto --cov --cov-report=term-missing

# Needs uv. Exact versions and hashes for every system, without addresses.
lock:
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --extra dev --extra cluster --extra study pyproject.toml -o requirements-dev.lock

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "alis needs Python 3.11 or newer; call make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.lock .venv/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv tests/browser/node_modules out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
