# The two commands a newcomer needs: make run, make test. The rest is what CI calls.

# The first Python on the path that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/python -m compileall -q src

export PYTHONUTF8 := 1

.PHONY: run test fuzz coverage lint types layers docs links strings sphinx-old data wheel bench bench-docs check clean

run: $(VENV)/.installed
	@mkdir -p build
	@$(BIN)/python -m alliance_ref demo --to build/glossary.tsv

# On two processors, a file of tests on one of them.
test: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n 2 --dist loadfile

# Counting branches makes the tests three times as long. Those that drive other programs or measure the whole
# on much text are left out.
coverage: $(VENV)/.installed-test
	@rm -f .coverage .coverage.*
	$(BIN)/python -m coverage run -m pytest -q -n 2 --dist loadfile $(addprefix --ignore=tests/test_,$(addsuffix .py,\
	alignment_bitexts dask docs_translation exchange_clients full_site full_site_in_browser how_to_glossary \
	qa_measured site_in_browser))
	@$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

# Hostile input for every reader and public function, for MINUTES; the inputs that it keeps are tested by make test.
MINUTES := 30
fuzz: $(VENV)/.installed-test
	$(BIN)/python tests/fuzzing.py --minutes $(MINUTES)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

layers: $(VENV)/.installed-dev
	$(BIN)/lint-imports

docs: $(VENV)/.installed-dev
	$(BIN)/sphinx-build -W -n --keep-going -q -j auto -b html docs docs/_build/html/en
	$(BIN)/sphinx-build -W -n --keep-going -q -j auto -b html -D language=ja docs docs/_build/html/ja
	@cp docs/_static/start.html docs/_build/html/index.html
	@echo docs are in docs/_build/html

# Of the pages that make docs built: links and anchors, ids, pictures, the language of what is Japanese.
links: $(VENV)/.installed
	$(BIN)/python docs/check_site.py docs/_build/html

# After a change to the pages: what is new in docs/locale is to be put into Japanese.
strings: $(VENV)/.installed-dev
	$(BIN)/sphinx-build -q -t strings -b gettext docs docs/_build/gettext
	$(BIN)/sphinx-intl update -p docs/_build/gettext -d docs/locale -l ja -w 110

# The oldest Sphinx that the extension works with, in an environment of its own.
sphinx-old: .venv-sphinx/.installed
	PYTHONPATH=src .venv-sphinx/bin/python -m pytest -p no:cacheprovider -q tests/test_sphinxext_builds.py

data: $(VENV)/.installed
	$(BIN)/alliance-ref check $(foreach file,$(wildcard ../shared/sources/*.txt),--against $(file))

wheel: $(VENV)/.installed-dev
	sh .ci/wheel $(BIN)/python

bench: $(VENV)/.installed-bench
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/throughput.py
	$(BIN)/python benchmarks/readings.py
	$(BIN)/python benchmarks/sentences.py
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/annotation.py
	$(BIN)/python benchmarks/exchange.py
	$(BIN)/python benchmarks/scale.py
	@if test -d ../shared/bitext; then $(BIN)/python benchmarks/alignment.py; \
	else echo "alignment: left out, no bitexts in ../shared/bitext"; fi
	$(BIN)/python benchmarks/glossary_accuracy.py
	$(BIN)/python benchmarks/glossary_precision.py
	$(BIN)/python benchmarks/extraction.py
	$(BIN)/python benchmarks/self_check.py
	$(BIN)/python benchmarks/qa.py
	$(BIN)/python benchmarks/growth.py

# The measured pages, for a machine that has nothing else to do: all, or PARTS="finding alignment glossaries".
bench-docs: $(VENV)/.installed-bench
	$(BIN)/python benchmarks/table.py $(PARTS)

check: lint types layers docs links test coverage data wheel

clean:
	rm -rf build dist docs/_build .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage*
	rm -rf src/alliance_ref/data/compiled $(VENV)/.installed*

# An editable install; the stamp files keep a second run from installing again.
$(VENV)/.installed: pyproject.toml hatch_build.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none is on the path" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install -e .
	@$(COMPILE)
	@touch $@

.venv-sphinx/.installed: pyproject.toml
	@test -x .venv-sphinx/bin/python || $(PYTHON) -m venv .venv-sphinx
	.venv-sphinx/bin/python -m pip --disable-pip-version-check --quiet install -e . \
		"sphinx==8.2.*" "coverage[toml]" furo hypothesis myst-parser pytest
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP) install -e ".[test]"
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-test
	$(PIP) install -e ".[dev]"
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-dev
	$(PIP) install -e ".[bench]"
	@touch $@
