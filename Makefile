# Everything here runs in the project's own folder: .uv (the installer), .venv, .newsreel (servers).
SHELL := bash
UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv),.uv/bin/uv)
SYNC = $(UV) sync --frozen --quiet --inexact --all-extras
RUN = .venv/bin
SBOM = sbom.cdx.json
export UV_PYTHON_DOWNLOADS := never

# Options of demo: REAL=1 (Kafka and Elasticsearch from Maven), KEEP=1 (leave it running),
# KAFKA_PORT=…, ELASTICSEARCH_PORT=… and WEB_PORT=….
DEMO_OPTIONS = $(if $(REAL),--real) $(if $(KEEP),--keep) \
  $(if $(KAFKA_PORT),--kafka-port $(KAFKA_PORT)) \
  $(if $(ELASTICSEARCH_PORT),--elasticsearch-port $(ELASTICSEARCH_PORT)) \
  $(if $(WEB_PORT),--web-port $(WEB_PORT))

.PHONY: help demo test quality train bench faults lint types audit sbom env schemas clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: .uv/ready ## The whole path on the seed articles, once (REAL=1, KEEP=1)
	@$(SYNC) --no-dev --group demo
	@exec $(RUN)/newsreel demo $(DEMO_OPTIONS)

test: .uv/ready ## Lint, types, and all tests that this machine can run
	@$(SYNC) --group demo
	@tests/run

quality: .uv/ready ## Accuracy against the gold annotations; ERRORS=1 lists what is wrong
	@$(SYNC)
	@$(RUN)/newsreel accuracy $(sort $(dir $(wildcard tests/gold/*/*.json))) $(if $(ERRORS),--errors)

train: .uv/ready ## Train the entity model again, from the annotated texts in training/sources
	@$(SYNC) --group training
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(RUN)/python -m training

# Options of bench: LEGS="enrichment transform sink pool growth path latency" (all if not given), SHORT=1, ROUNDS=5.
BENCH_OPTIONS = $(if $(SHORT),--short) $(if $(ROUNDS),--rounds $(ROUNDS))

bench: .uv/ready ## Us and our peers in turns, on real servers (90 minutes; SHORT=1: some)
	@$(SYNC) --group bench
	@$(RUN)/python -m tests.bench $(LEGS) $(BENCH_OPTIONS)

# Options of faults: F="F6 F8" (all if not given), SEED=42, ARTICLES=60, SHORT=1 (as CI runs them),
# SOAK=1 (the soak too, MINUTES=30), KEEP=1 (leave the logs).
FAULTS_OPTIONS = $(if $(SEED),--seed $(SEED)) $(if $(ARTICLES),--articles $(ARTICLES)) \
  $(if $(SHORT),--short) $(if $(SOAK),--soak $(or $(MINUTES),30)) $(if $(KEEP),--keep)

faults: .uv/ready ## What faults on real servers cost: F=F6 SEED=42 SHORT=1 SOAK=1, or all
	@$(SYNC)
	@$(RUN)/python -m tests.faults $(F) $(FAULTS_OPTIONS)

lint: .uv/ready ## Style and format
	@$(SYNC)
	@$(RUN)/ruff check . && $(RUN)/ruff format --check .

types: .uv/ready ## Strict type checking
	@$(SYNC)
	@$(RUN)/mypy

audit: .uv/ready ## Ruff's security rules; known vulnerabilities of the locked libraries, from osv.dev
	@$(SYNC)
	@$(RUN)/ruff check --select S .
	@deploy/audit $(UV)

sbom: .uv/ready ## What is installed with newsreel, with licences, as CycloneDX: sbom.cdx.json
	@$(SYNC)
	@set -o pipefail; $(UV) export --frozen --quiet --preview-features sbom-export \
	  --format cyclonedx1.5 --all-extras --no-dev | $(RUN)/python deploy/sbom.py > $(SBOM)

env: ## Make .env with random secrets for docker compose; never overwrites one
	@deploy/make-env

schemas: .uv/ready ## Write the JSON Schema and AsyncAPI files, and the README's tables, from the code
	@$(SYNC)
	@$(RUN)/python -m schemas.generate
	@$(RUN)/python -m services.cli.readme

clean: ## Stop the servers and remove what the targets made (not .env)
	@[ ! -x $(RUN)/newsreel ] || $(RUN)/newsreel servers stop
	rm -rf .uv .venv .newsreel .coverage .*_cache sbom.cdx.json

# uv itself, unless it is on the PATH: into the project, nothing global.
.uv/ready:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "newsreel needs Python 3.11 or newer; this is $$(python3 --version 2>&1)." >&2; exit 1; }
	@trap 'exit 130' INT; command -v uv >/dev/null || { echo "Installing uv into .uv."; python3 -m venv .uv && .uv/bin/pip install --quiet uv==$(UV_VERSION); }
	@mkdir -p .uv && touch $@
