# Two commands do everything: `make demo` and `make test`.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
PYTEST := $(PY) -m pytest

.PHONY: help
help: ## this list
	@grep -hE '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

.PHONY: demo
demo: .venv/base.stamp ## the fictional demo town at http://localhost:8000 (PORT=, STADTNAH_DATA=)
	@exec bin/stadtnah demo --port $(PORT)

.PHONY: demo-peers
demo-peers: .venv/base.stamp ## the demo against a real Bluesky server (needs Node 20)
	@sh tools/peers.sh pds; exec bin/stadtnah demo --port $(PORT) --peers

.PHONY: test
test: .venv/dev.stamp ## everything: linters, types, the suite on SQLite and PostgreSQL, browser, peers
	@sh tools/test.sh all

.PHONY: test-fast
test-fast: .venv/dev.stamp ## the inner loop, under two minutes
	@sh tools/test.sh fast

.PHONY: coverage
coverage: .venv/dev.stamp ## the suite on SQLite with lines and branches counted (takes two thirds longer)
	@sh tools/test.sh coverage

.PHONY: lint
lint: .venv/dev.stamp ## ruff, mypy, import contracts, module size
	@sh tools/test.sh lint

.PHONY: format
format: .venv/dev.stamp ## ruff format and fixes
	$(PY) -m ruff format . && $(PY) -m ruff check --fix .

.PHONY: bench
bench: .venv/dev.stamp ## every benchmark (bench-NAME for one)
	@for file in bench/[a-z]*.py; do name=$$(basename $$file .py); case $$name in common) ;; *) PYTHONPATH=src:. $(PY) -m bench.$$name || exit 1;; esac; done

bench-%: .venv/dev.stamp
	@PYTHONPATH=src:. $(PY) -m bench.$(subst -,_,$*)

.PHONY: chaos
chaos: .venv/dev.stamp ## the fault matrix: killed workers, restarted databases
	@PYTHONPATH=src:. $(PY) -m chaos.run

.PHONY: corpus
corpus: .venv/dev.stamp ## imports every feed of a folder (DATA=), reads its calendars and shows what becomes of them
	@PYTHONPATH=src:. $(PY) -m tools.corpus "$(DATA)"

.PHONY: screenshots
screenshots: .venv/dev.stamp ## renews the pictures of the README from the running demo
	@PYTHONPATH=src:. $(PY) -m tools.screenshots

.PHONY: vendor
vendor: ## renews assets/vendor from the npm registry
	@sh tools/vendor.sh

.PHONY: lock
lock: .venv/dev.stamp ## writes requirements/*.txt anew from *.in
	.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url requirements/base.in -o requirements/base.txt
	.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url requirements/base.in requirements/dev.in -o requirements/dev.txt

.PHONY: clean
clean: ## removes what was installed and built, never a town's data
	rm -rf .venv .test

.venv/bin/python:
	@sh tools/venv.sh $(PYTHON)

# --no-deps: the lock names every part. Older pips (Debian 12's too) take the newest release for a part that
# another one wants with an extra, then refuse it because the lock has no hash for it.
.venv/base.stamp: requirements/base.txt .venv/bin/python
	@test -e .venv/dev.stamp && test .venv/dev.stamp -nt requirements/base.txt || { echo "Installiere Stadtnah (nur beim ersten Mal) ..."; $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/base.txt; }
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/bin/python
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	@touch $@
