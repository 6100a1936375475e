# One verb each; `make help` lists them. Everything lives in .venv, made from the pinned and hashed requirements.

PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
VERSION := $(shell $(or $(PYTHON),false) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras \
	--no-annotate --no-header

.PHONY: chat test coverage fix bench gallery lock help
.DEFAULT_GOAL := help

chat: .venv/ready-$(VERSION)  ## start the bot in this terminal
	@$(BIN)/rai chat

test: .venv/ready-dev-$(VERSION)  ## run all checks: format, lint, types, import contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/rai kb check
	$(BIN)/rai kb stale --grace 30
	$(BIN)/pytest -n 2

coverage: .venv/ready-dev-$(VERSION)  ## the tests once more, counting which lines and branches they run; takes twice as long
	$(BIN)/pytest -n 2 --cov --cov-report=term:skip-covered --cov-fail-under=95
	$(BIN)/coverage report --include='bot/concerns/*' --fail-under=100

fix: .venv/ready-dev-$(VERSION)  ## put the format right, and what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/ready-dev-$(VERSION)  ## print the figures, each beside its floor in the same run
	$(BIN)/python -m benchmarks

gallery: .venv/ready-dev-$(VERSION)  ## draw every card and form into docs/gallery; needs node and Chromium, see gallery/README.md
	$(BIN)/python -m gallery slack
	$(BIN)/python -m gallery teams

lock: .venv/ready-dev-$(VERSION)  ## choose the newest versions that fit pyproject.toml, and pin them with hashes
	$(COMPILE) --upgrade --extra build -o requirements.txt pyproject.toml
	$(COMPILE) --extra build --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

help:  ## list the verbs
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile | expand -t 14

.venv/python-$(VERSION):
	@test -n "$(VERSION)" || { echo "Python 3.11 or newer is missing. Install it, or name it: make chat PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/ready-$(VERSION): requirements.txt pyproject.toml | .venv/python-$(VERSION)
	@$(call install,requirements.txt)

.venv/ready-dev-$(VERSION): requirements-dev.txt pyproject.toml | .venv/python-$(VERSION)
	@$(call install,requirements-dev.txt)
	@touch .venv/ready-$(VERSION)

define install
echo "Setting up .venv with Python $(VERSION), about a minute ..."
$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1) \
	|| { echo "The packages could not be installed: see that this machine reaches a package index, and try again." >&2; exit 1; }
$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
touch $@
endef
