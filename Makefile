# What a person types. Needs make and Python 3.11, 3.12 or 3.13; everything else is fetched by pip.

.DEFAULT_GOAL := help
PORT ?= 8000
VAR ?= var
VENV ?= .venv
PYTHON ?=
ARGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## the demonstration site on http://localhost:PORT/, all its files in VAR (PORT=8000 VAR=var PYTHON=…)
	@sh tools/venv.sh "$(VENV)" requirements.lock "$(PYTHON)"
	@exec env PORT="$(PORT)" VAR="$(VAR)" DJANGO_SETTINGS_MODULE=cms.settings.demo "$(VENV)/bin/python" manage.py serve

.PHONY: test
test: ## every check and test, with the servers they need (ARGS="tests/jobs -k lease" for some of the tests)
	@sh tools/venv.sh "$(VENV)" requirements-dev.lock "$(PYTHON)"
	@exec "$(VENV)/bin/python" -m tests $(ARGS)

.PHONY: bench
bench: ## what public pages cost, as ratios to a bare Django view; fails when a bound is broken (two minutes)
	@sh tools/venv.sh "$(VENV)" requirements-dev.lock "$(PYTHON)"
	@exec "$(VENV)/bin/python" -m tests.bench

.PHONY: messages
messages: ## collect new texts into the catalogues (needs the gettext programs)
	@sh tools/venv.sh "$(VENV)" requirements-dev.lock "$(PYTHON)"
	@"$(VENV)/bin/python" manage.py makemessages --locale ka --locale it --locale de --locale ar \
		--no-obsolete --add-location file --ignore "tests/*" --ignore "tools/*" --ignore "$(VAR)/*" --ignore "$(VENV)/*"

.PHONY: pictures
pictures: ## take the pictures of the documents anew, into docs/images (needs Chromium and Noto fonts)
	@sh tools/venv.sh "$(VENV)" requirements-dev.lock "$(PYTHON)"
	@"$(VENV)/bin/python" -m tests.e2e.pictures

.PHONY: lock
lock: ## resolve pyproject.toml into the two lock files, for every Python and platform
	@set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	sh tools/venv.sh "$(VENV)" requirements.lock "$(PYTHON)"; \
	"$(VENV)/bin/python" -m venv "$$folder"; \
	"$$folder/bin/python" -m pip install --quiet uv; \
	compile="$$folder/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header $(LOCK_OPTIONS)"; \
	$$compile -o requirements.lock; \
	$$compile --group dev -c requirements.lock -o requirements-dev.lock

.PHONY: clean
clean: ## delete the virtual environment, caches and compiled catalogues; VAR is kept
	rm -rf "$(VENV)" .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find cms search tests locale \( -name __pycache__ -prune -o -name '*.mo' \) -exec rm -rf {} +
