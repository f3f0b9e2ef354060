# Two commands for a newcomer: make run, make test. The rest is for developers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test soak bench check venv clean

run: $(VENV)/run.ok
	@$(BIN)/python -m bot run

test: $(VENV)/dev.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m bot check
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/run.ok
	$(BIN)/python -m bot check

soak: $(VENV)/dev.ok
	SOAK_STEPS=20000 $(BIN)/python -m pytest tests/soak

bench: $(VENV)/run.ok
	$(BIN)/python -m bot bench turns

$(VENV)/python.ok:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Cần Python 3.11 trở lên. / Python 3.11 or newer is needed.'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Thiếu ensurepip. Gõ: / Missing ensurepip. Type:'; $(PYTHON) -c 'import sys; print("  sudo apt install python%d.%d-venv" % sys.version_info[:2])'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.ok: requirements.txt $(VENV)/python.ok
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.ok: requirements-dev.txt requirements.txt $(VENV)/python.ok
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.ok

clean:
	rm -rf $(VENV)
