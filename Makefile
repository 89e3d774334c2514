# The commands of the README. `make demo` and `make test` need Python 3.11+ and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo serve test check format lock clean bench-validation bench-extraction bench-service bench-identity bench-many
.DEFAULT_GOAL := demo

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)
	@$(BIN)/etappe demo

# The service over the example campaign. SERVE_ARGS="--port 8080" says what differs.
serve: $(STAMP)
	@$(BIN)/etappe ingest --quiet --data etappe-demo --by "make serve" --accept-warnings "example data" \
	  examples/registry examples/stralsund examples/tours >/dev/null
	@$(BIN)/etappe serve --data etappe-demo $(SERVE_ARGS)

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-fail-under=95 $(PYTEST_ARGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m etappe.ontology --check
	$(MAKE) test

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m etappe.ontology --write

lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --extra dev --group build pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) etappe-data etappe-demo .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

# How fast SHACL engines check reports: benchmarks/README.md. BENCH_ARGS=--help says what can be chosen.
BENCH := .venv-bench

$(BENCH)/.installed: benchmarks/requirements.txt
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	@echo "setting up $(BENCH) …"
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.bench/.installed: benchmarks/package.json
	@mkdir -p .bench && cp $< .bench/
	@if command -v npm >/dev/null; then echo "setting up .bench …"; \
	  npm install --prefix .bench --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@; fi || true

bench-validation: $(BENCH)/.installed .bench/.installed
	@PYTHONPATH=graph $(BENCH)/bin/python -m benchmarks.validation.run $(BENCH_ARGS)

# How well texts are read, on a folder of practice reports with gold and a scorer. Writes the figures into docs/extraction.md.
PRACTICE ?= ../shared/extraction

bench-extraction: $(STAMP)
	$(BIN)/python -m benchmarks.extraction.run $(PRACTICE) --write docs/extraction.md

# The service against oxigraph serve, rdflib-endpoint and bare FastAPI. Needs wrk (Debian's package of that name).
bench-service: $(STAMP)
	@command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check rdflib-endpoint==0.6.3
	@PYTHONPATH=. $(BIN)/python -m benchmarks.service.run $(BENCH_ARGS)

# Sums and networks over 100,000 reports against SPARQL engines. Virtuoso is asked where it is installed.
bench-many: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check maplib==0.20.26 || true
	@PYTHONPATH=. $(BIN)/python -m benchmarks.many.run $(BENCH_ARGS)

# How well and how fast duplicates are found among invented people. Writes the figures into docs/identity.md.
bench-identity: $(STAMP)
	@PYTHONPATH=. $(BIN)/python -m benchmarks.identity.run --write docs/identity.md $(BENCH_ARGS)
