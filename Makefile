# Two commands do everything on a fresh machine: make run, make test.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
DATA ?= data

.PHONY: run test lint bench lock messages screenshots

run: .venv/installed
	@$(BIN)/workbench --data $(DATA) init
	@$(BIN)/workbench --data $(DATA) serve --port $(PORT)

# Three processes on two cores: the browser tests often wait, for a page or for what others save.
test: .venv/installed-training
	@$(BIN)/python -m tests.chromium
	$(BIN)/pytest -n 3 --dist loadscope --no-loadscope-reorder

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: .venv/installed-dev
	$(BIN)/python -m benchmarks

# What people read in English, collected; what lacks Vietnamese stands empty in messages.po. Then: make messages again.
TRANSLATIONS := workbench/web/translations
messages: .venv/installed-dev
	$(BIN)/pybabel -q extract -F pyproject.toml -o $(TRANSLATIONS)/messages.pot --omit-header --sort-by-file --add-location=file workbench
	$(BIN)/pybabel -q update -i $(TRANSLATIONS)/messages.pot -d $(TRANSLATIONS) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	rm $(TRANSLATIONS)/messages.pot
	$(BIN)/pybabel -q compile -d $(TRANSLATIONS) --statistics

screenshots: .venv/installed-dev
	$(BIN)/python -m tests.screenshots docs

# pip alone is enough to install; uv writes the lock for every platform.
lock: .venv/installed-dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev pyproject.toml -o requirements-dev.lock

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Pinned without hashes: PyTorch comes as another wheel on each kind of machine (CPU builds where pip is told of them).
.venv/installed-training: .venv/installed-dev requirements-training.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-training.lock
	touch $@
