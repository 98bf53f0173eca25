# `make align` and `make test` do all the set-up; a second call finds it done.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; print("$(name)" if sys.version_info >= (3, 11) else "")' 2>/dev/null)))
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes \
	--strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.PHONY: align test lint format bench lock clean

align: .venv/installed  ## Align, check and encode texts/ into out/
	$(BIN)/align run texts --out out

test: lint  ## Lint, then the whole suite, on all cores
	$(BIN)/python -m pytest -q --numprocesses auto --dist loadfile

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/installed
	$(BIN)/python benchmarks/main_job.py

lock: .venv/installed-dev  ## Pin the newest versions that pyproject.toml and dev.in allow
	$(LOCK) --upgrade --all-build-deps --output-file requirements/base.txt pyproject.toml
	$(LOCK) --upgrade --allow-unsafe --output-file requirements/dev.txt requirements/dev.in

clean:
	rm -rf .venv out

.venv/installed: requirements/base.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(INSTALL) --requirement requirements/base.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements/dev.txt
	$(INSTALL) --requirement requirements/dev.txt
	@touch $@
