# Every target makes what it needs, on a fresh clone too. `make` alone lists them.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
TAZA := $(BIN)/python -m taza_desktop
PO := $(wildcard i18n/*/LC_MESSAGES/taza_desktop.po)
MO := $(PO:.po=.mo)
GENERATED := $(patsubst ui/%.ui,taza_desktop/ui/generated/ui_%.py,$(wildcard ui/*.ui))
BABEL := $(BIN)/python -m babel.messages.frontend -q
DEMO := build/demo

.PHONY: help demo run test check lint laws bench screens i18n generated docs lock clean fuzz audit bench-exchange crowd exchange-thorough exchange-table exchange-sizing

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' Makefile

$(READY): requirements-dev.lock installer/prerequisites.py
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is missing: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) installer/prerequisites.py venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python installer/prerequisites.py qt
	@touch $@

%.mo: %.po $(READY)
	$(BABEL) compile --input-file $< --output-file $@

demo: $(READY) $(MO)  ## the worked example in build/demo, then the window on it when there is a display
	$(TAZA) demo $(DEMO)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(BIN)/python installer/prerequisites.py window && $(TAZA) $(DEMO)/registers/ministry.taza-register; \
	else echo "No display here. To open it: $(TAZA) $(DEMO)/registers/ministry.taza-register"; fi

run: $(READY) $(MO)  ## open the window
	@$(BIN)/python installer/prerequisites.py window
	$(TAZA)

test: $(READY) $(MO)  ## the tests
	@$(BIN)/python installer/prerequisites.py tests
	$(BIN)/python -m pytest -q -n auto --dist loadscope -m "not office and not thorough"

lint: $(READY)  ## style, types, arrows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright
	$(BIN)/lint-imports

check: lint $(MO)  ## all that must hold before a commit: style, types, arrows, drift, every test
	@$(BIN)/python installer/prerequisites.py tests office
	$(BIN)/python -m pytest -q -n auto --dist loadscope -m "not thorough"

crowd: $(READY) $(MO)  ## twenty times ten clerks and two coordinators at one place, with random faults
	CROWD_SEEDS=20 $(BIN)/python -m pytest -q -m "crowd and not thorough"

exchange-thorough: $(READY) $(MO)  ## exchange with every fault on Ceph, SeaweedFS with copies, a Nextcloud that is given
	@$(BIN)/python installer/prerequisites.py tests servers
	@test -n "$$TAZA_NEXTCLOUD" || echo "Without Nextcloud: TAZA_NEXTCLOUD names no folder with an unpacked one."
	$(BIN)/python -m pytest -q -m thorough -o faulthandler_timeout=0 tests/exchange

exchange-table: $(READY) $(MO)  ## docs/exchange-trials.md, measured: every fault on every server that is here
	@$(BIN)/python installer/prerequisites.py tests servers
	@test -n "$$TAZA_NEXTCLOUD" || echo "Without Nextcloud: TAZA_NEXTCLOUD names no folder with an unpacked one."
	$(BIN)/python -m tests.exchange.table docs/exchange-trials.md

laws: $(READY)  ## the laws of merging and of exchange over thousands of invented histories; minutes
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest -q -n auto -o faulthandler_timeout=0 --durations 0 \
		--durations-min 1 tests/merging/test_laws.py tests/merging/test_laws_exchange.py tests/merging/test_laws_kept.py \
		tests/merging/test_laws_copies.py tests/exchange/test_laws.py

bench: $(READY) $(MO)  ## autosave and merging beside bare SQLite, the start beside a bare window, in turns
	$(BIN)/python -m tests.bench.bench
	$(BIN)/python -m tests.bench.startup
	$(BIN)/python -m tests.bench.reading

build/peers/.ready: requirements-peers.lock
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-peers.lock
	@touch $@

bench-exchange: build/peers/.ready $(READY) $(MO)  ## exchange beside httpx, webdav4 and boto3 on bad lines; the window meanwhile
	@missed=0; $(BIN)/python -m tests.bench.exchange_bytes || missed=1; \
	$(BIN)/python -m tests.bench.exchange_window || missed=1; \
	$(BIN)/python -m tests.bench.exchange build/peers/bin/python || missed=1; exit $$missed

exchange-sizing: $(READY) $(MO)  ## how large a place of exchange has to be: the tables of docs/exchange.md
	$(BIN)/python -m tests.bench.exchange_sizing

FUZZ := build/fuzz/atheris
$(FUZZ)/.ready: requirements-fuzz.lock $(READY)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --upgrade --target $(FUZZ) \
		-r requirements-fuzz.lock
	@touch $@

fuzz: $(FUZZ)/.ready $(MO)  ## mutated input for every reader of foreign bytes; MINUTES=10 in all, TARGETS="container form"
	PYTHONPATH=$(FUZZ) $(BIN)/python -m tests.fuzz.run --minutes $(or $(MINUTES),10) $(TARGETS)

build/audit/.ready: requirements-audit.lock
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@

audit: build/audit/.ready  ## known weaknesses of the libraries that are shipped; asks pypi.org, so it needs a network
	build/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

screens: $(READY) $(MO)  ## docs/screens in Kazakh and Russian
	$(BIN)/python -m installer.screens docs/screens
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m installer.report_pictures docs/screens $(DEMO)

i18n: $(READY)  ## take new texts of the sources into the catalogues
	@mkdir -p build
	$(BABEL) extract --mapping i18n/babel.cfg --output-file build/taza_desktop.pot --sort-by-file \
		--add-location file --project taza-desktop --version "" .
	for lang in kk ru en; do $(BABEL) update --input-file build/taza_desktop.pot --output-dir i18n --domain taza_desktop \
		--locale $$lang --init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100; done

generated: $(GENERATED) $(READY)  ## Python of the Designer files; forms and plan as a start reads them
	$(BIN)/python -m installer.compile_resources
taza_desktop/ui/generated/ui_%.py: ui/%.ui $(READY)
	$(BIN)/pyside6-uic $< | sed '/^## Created by/d' > $@

docs: $(READY)  ## docs/cli.md out of the commands, docs/measures.md of the forms, docs/attacks.md of the tests
	$(BIN)/python -m installer.cli_reference > docs/cli.md
	$(BIN)/python -m installer.measures_reference
	$(BIN)/python -m tests.attacks.table > docs/attacks.md

lock: pyproject.toml  ## resolve the dependencies, with hashes and without an index address; UPGRADE=--upgrade
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install -q uv
	build/lock/bin/uv pip compile -q pyproject.toml --universal $(UPGRADE) --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --output-file requirements.lock
	build/lock/bin/uv pip compile -q pyproject.toml --group dev --universal $(UPGRADE) --generate-hashes --no-header \
		--no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements-dev.lock
	for tool in "fuzz atheris>=3.0,<3.1" "audit pip-audit>=2.10,<3" "peers boto3>=1.44 httpx>=0.28 webdav4>=0.11"; do \
		set -- $$tool; name=$$1; shift; \
		printf '%s\n' "$$@" | build/lock/bin/uv pip compile -q - --python-version 3.11 --universal $(UPGRADE) \
			--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
			--output-file requirements-$$name.lock; done

clean:  ## take away what the targets made
	rm -rf build dist .venv $(MO)
