# Two commands do everything: `make demo` and `make test`.

SHELL := /bin/bash
# The first of these that runs (a name alone may be a shim of pyenv).
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13; do $$name -c "" 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
DURE := $(BIN)/dure
# Containers often forbid bytecode; without it every start of every process takes six seconds more.
unexport PYTHONDONTWRITEBYTECODE
READY := .venv/.ready
JUDGES := tests/judges/node_modules/.package-lock.json

.PHONY: setup demo test check format quick bench-matching fit-abstention bench-matching-speed bench-embedding bench-import bench-pages bench-timetable bench-assigning bench-expertise bench-partners bench-fairs bench-calls bench-duplicates bench-documents bench-boards bench-ledger bench-measuring bench-savings bench-sealing bench-screening browser-setup clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "dure needs Python 3.11, 3.12 or 3.13; name yours with make PYTHON=…"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -c "import uv" 2>/dev/null || $(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	touch $@

demo: setup
	$(DURE) demo

test: setup browser-setup $(JUDGES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djangofmt --check --quiet src
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m dure.config.messages
	$(BIN)/dure manage makemigrations --check --dry-run
	$(BIN)/pytest -n 2 --dist load --maxschedchunk 4 -q -m "not browser"
	$(BIN)/pytest -n 2 --dist worksteal -q -m browser

# What can be checked in seconds, before every commit.
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djangofmt --check --quiet src
	$(BIN)/lint-imports
	$(BIN)/mypy

# Code and templates as everybody writes them.
format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djangofmt --quiet src

# The folders of tests that belong to what differs from the main branch.
CHANGED = $(wildcard $(shell { git diff --name-only --merge-base main; git ls-files --others --exclude-standard; } \
  | sed -nE -e 's#^(src/dure|tests)/((apps|foundation)/[^/]+)/.*#tests/\2#p' -e 's#^(src/dure|tests)/config/.*#tests/config#p' | sort -u))

# While working: what can be checked in seconds, the engines, and what differs from the main branch.
quick: check $(JUDGES)
	$(BIN)/pytest -n 2 -q -m "not browser and not slow" src/dure/engines src/dure/values tests/engines tests/architecture $(CHANGED)

browser-setup:
	@if ! (command -v chromium && command -v pdftotext) >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    chromium fonts-nanum fonts-noto-cjk fontconfig \
	    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils; \
	fi

# What judges the sealed record and is no Python; without node its test says that it was skipped.
$(JUDGES): tests/judges/package-lock.json
	@if ! command -v npm >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm; \
	fi
	@if command -v npm >/dev/null; then cd tests/judges && npm ci --ignore-scripts --no-audit --no-fund --silent; fi

bench-matching: setup
	$(BIN)/python -m benchmarks.matching --write

# The constants of what is shown as likely; copy them into engines/matching/_likelihood.py.
fit-abstention: setup
	$(BIN)/python -m benchmarks.matching --fit-abstention

bench-matching-speed: setup
	$(BIN)/python -m benchmarks.matching_speed --write

bench-embedding: setup
	$(BIN)/python -m benchmarks.embedding

bench-import: setup
	$(BIN)/python -m benchmarks.importing

bench-pages: setup
	$(BIN)/python -m benchmarks.pages --write

bench-timetable: setup
	$(BIN)/python -m benchmarks.timetable --write

bench-assigning: setup
	$(BIN)/python -m benchmarks.assigning --write $(if $(BIG),--big)

bench-expertise: setup
	$(BIN)/python -m benchmarks.expertise --write

bench-partners: setup
	$(BIN)/python -m benchmarks.partners --write

bench-fairs: setup
	$(BIN)/python -m benchmarks.fairs --write

bench-calls: setup
	$(BIN)/python -m benchmarks.calls --write

bench-duplicates: setup
	$(BIN)/python -m benchmarks.duplicates --write

bench-documents: setup
	$(BIN)/python -m benchmarks.documents --write

bench-boards: setup
	$(BIN)/python -m benchmarks.boards --write

bench-ledger: setup
	$(BIN)/python -m benchmarks.ledger --write

bench-measuring: setup
	$(BIN)/python -m benchmarks.measuring --write

bench-savings: setup
	$(BIN)/python -m benchmarks.savings --write

bench-sealing: setup
	$(BIN)/python -m benchmarks.sealing --write

bench-screening: setup
	$(BIN)/python -m benchmarks.screening --write

clean:
	rm -rf .venv var
