# Everything a newcomer needs; `make help` lists it. Needs Python 3.11 or newer, Node 20 or newer and npm.
.DEFAULT_GOAL := help
SHELL := /bin/bash
# A build that broke off must not look finished.
.DELETE_ON_ERROR:

# The newest Python that really runs: a version manager's launcher may stand for one that is not installed.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv/bin
RUN := PYTHONPATH=layers/core/python $(VENV)/python -m

VENV_STAMP := .venv/.installed
MINISTACK_STAMP := .ministack-venv/.installed
NODE_STAMP := node_modules/.installed
PORTAL_STAMP := portal/dist/index.html

PORTAL_SOURCES := $(shell find portal -type f -not -path '*/node_modules/*' -not -path 'portal/dist/*' -not -path 'portal/tests/*')

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: demo
demo: installed ## run an example labeling job from manifest to output, with a simulated workforce
	@$(RUN) local.demo

.PHONY: demo-automated
demo-automated: installed ## a model and a simulated workforce label 1,797 images together
	@$(RUN) local.demo_automated

.PHONY: up
up: installed ## start the local cloud, deploy to it what changed, resume interrupted jobs
	@$(RUN) local.deploy

.PHONY: down
down: $(VENV_STAMP) ## stop the local cloud; its data is kept in .local/
	@$(RUN) local.cloud down

.PHONY: drop
drop: $(VENV_STAMP) ## drop a labeling job: make drop FOLDER=<folder> [JOB=<job name>]
	@$(RUN) local.drop "$(FOLDER)" $(if $(JOB),"$(JOB)")

.PHONY: watch
watch: $(VENV_STAMP) ## follow a job's progress: make watch JOB=<job name>
	@$(RUN) local.watch "$(JOB)"

.PHONY: stop
stop: $(VENV_STAMP) ## stop a job and keep what is labeled: make stop JOB=<job name>
	@$(RUN) local.stop "$(JOB)"

.PHONY: exclude
exclude: $(VENV_STAMP) ## leave out what workers answered and label again: make exclude JOB=<job name> WORKER=<worker id>[,…]
	@$(RUN) local.exclude "$(JOB)" "$(WORKER)"

.PHONY: worker
worker: $(VENV_STAMP) ## invite a worker: make worker NAME=<name> TEAM=<work team> [EMAIL=<address>]
	@$(if $(and $(NAME),$(TEAM)),,echo 'usage: make worker NAME=<name> TEAM=<work team> [EMAIL=<address>]' >&2; exit 1)
	@$(RUN) local.workers invite "$$NAME" --team "$$TEAM" $(if $(EMAIL),--email "$$EMAIL")

.PHONY: preview
preview: $(VENV_STAMP) $(PORTAL_STAMP) ## show a worker template: make preview TEMPLATE=<path> INPUT=<path> [TYPE=… LABELS=… LINE=…]
	@: "$${INPUT:?INPUT=<task.input as JSON, or a manifest> is missing}"
	@$(RUN) local.preview --input "$$INPUT" $(if $(TEMPLATE),--template "$$TEMPLATE") $(if $(TYPE),--type "$$TYPE") \
		$(if $(LABELS),--labels "$$LABELS") $(if $(LINE),--line "$$LINE") $(if $(PORT),--port "$$PORT")

.PHONY: screenshots
screenshots: $(VENV_STAMP) $(NODE_STAMP) chromium ## pictures of every element and every task type's page
	@$(RUN) local.default_pages .local/default-pages
	@DEFAULT_PAGES="$(CURDIR)/.local/default-pages" npm run --silent -w portal screenshots
	@echo "pictures are in portal/dist/screenshots/"

.PHONY: deploy
deploy: installed ## deploy the same stacks to the AWS account of the current credentials
	@CLOUD=aws $(RUN) local.deploy

.PHONY: test
test: installed lint chromium ## lint, types and every suite
	npm run --silent -w portal check
	npm run --silent -w portal test
	$(RUN) pytest tests --ignore=tests/end_to_end -n 2
	$(RUN) pytest tests/end_to_end

.PHONY: lint
lint: $(VENV_STAMP) ## style and types
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy layers/core/python app.py stacks functions local portal/publish.py tests

.PHONY: bench
bench: installed chromium ## measure speed, memory and cost
	@$(RUN) local.bench
	@npm run --silent -w portal bench

.PHONY: bench-quality
bench-quality: $(VENV_STAMP) ## measure the quality of labels, people's and the model's: BENCH_DATA=<folder> make bench-quality
	@$(RUN) local.bench quality-labels quality-shapes quality-spans quality-masks --into docs/consolidation.md
	@$(RUN) local.bench quality-adaptive --into docs/consolidation.md --part adaptive
	@$(RUN) local.bench quality-auto-labeling --into docs/automated-labeling.md

.PHONY: installed
installed: $(VENV_STAMP) $(MINISTACK_STAMP) $(NODE_STAMP) $(PORTAL_STAMP)

$(VENV_STAMP): local/environment.py tests/requirements.txt requirements.txt $(wildcard layers/*/requirements.txt)
	@echo "installing the Python environment"
	@$(or $(PYTHON),python3) local/environment.py .venv tests/requirements.txt
	@touch $@

$(MINISTACK_STAMP): local/environment.py local/requirements-ministack.txt
	@echo "installing the local cloud"
	@$(or $(PYTHON),python3) local/environment.py .ministack-venv local/requirements-ministack.txt
	@touch $@

$(NODE_STAMP): package-lock.json package.json portal/package.json
	@echo "installing the npm packages"
	@npm ci --silent
	@touch $@

$(PORTAL_STAMP): $(NODE_STAMP) $(PORTAL_SOURCES)
	@echo "building the portal"
	@npm run --silent -w portal build
	@touch $@

.PHONY: chromium
chromium:
	@local/install_chromium.sh
