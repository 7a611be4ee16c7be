# The two commands: `make demo` (try it) and `make test` (everything that must hold).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test bench storyboard clean

demo: $(READY)
	$(BIN)/coopbot demo $(ARGS)

# Tests that kill and wait leave processors free: one worker more than a small machine has.
test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

bench: $(READY)
	$(BIN)/python -m tests.benchmarks $(ARGS)

storyboard: $(READY)
	$(BIN)/pytest tests/test_screens.py --write-storyboard

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("coopbot needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache test-artifacts
