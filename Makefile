# make demo: read the sample reports, ask a question, serve the graph. make test: lint, types, tests. Needs Python 3.11 or later.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
STORE ?= demo-store
SOAK ?= 1800
CLIENTS := tests/export/npm
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench soak kills clean

help:
	@echo "make demo    build a graph from examples/, print a query's answer, serve it on port $(PORT)"
	@echo "make test    ruff, mypy and all tests"
	@echo "make lint    ruff and mypy alone"
	@echo "make bench   scores of the extraction on reference material beside the checkout, where there is any"
	@echo "make soak    serve under load for half an hour, updates every ten seconds (SOAK=seconds), and say whether it held"
	@echo "make kills   kill a build 200 times, at any moment, and see that nothing is lost, doubled or in need of repair"
	@echo "make clean   remove what these wrote, but for the environment in $(VENV)"

demo: $(VENV)/.ready
	$(BIN)/kgbuild build examples --store $(STORE)
	$(BIN)/kgbuild query toll-as-range -p lang=en --store $(STORE)
	@echo "open http://127.0.0.1:$(PORT) (stop with Ctrl-C)"
	$(BIN)/kgbuild serve --store $(STORE) --port $(PORT)

test: lint $(CLIENTS)/node_modules
	$(BIN)/pytest -n 2 --dist loadscope --no-loadscope-reorder -m "not alone"
	$(BIN)/pytest -m alone

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: $(VENV)/.ready-dev
	$(BIN)/python .ci/soak.py --seconds $(SOAK)

bench: $(VENV)/.ready-dev
	$(BIN)/python .ci/scores.py

kills: $(VENV)/.ready-dev
	$(BIN)/pytest tests/test_crash.py -k two_hundred -s

clean:
	rm -rf $(STORE) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find kgbuild server tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made anew where the dependencies changed.
$(VENV)/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kgbuild needs Python 3.11 or later: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# Programs for Node that read our dumps in tests; without npm these tests are skipped.
$(CLIENTS)/node_modules: $(CLIENTS)/package-lock.json
	if command -v npm >/dev/null; then npm ci --prefix $(CLIENTS) --ignore-scripts --no-audit --no-fund && touch $@; fi
