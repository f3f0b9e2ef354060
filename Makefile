# Two commands for a newcomer: make run, make test. The rest is for developers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test soak bench check rasa test-rasa venv clean

run: $(VENV)/run.ok
	@$(BIN)/python -m bot run

test: $(VENV)/dev.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m bot check
	$(BIN)/python -m pytest -n 3 --dist loadfile

check: $(VENV)/run.ok
	$(BIN)/python -m bot check

soak: $(VENV)/dev.ok
	SOAK_STEPS=20000 $(BIN)/python -m pytest tests/soak tests/commands/test_bench_understand.py tests/commands/test_bench_live.py

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

# Rasa is an option with an environment of its own, about 2.7 GB: docs/rasa.md
RASA_VENV := .venv-rasa
RASA_PORT ?= 5005
RASA_CONFIG ?= config
PYTHON310 ?=

rasa: $(VENV)/run.ok $(RASA_VENV)/run.ok
	@echo 'Mở chợ ở cửa sổ khác: / Open the shop in another window:  RASA_URL=http://127.0.0.1:$(RASA_PORT) make run'
	@$(BIN)/python -m bot rasa --python $(RASA_VENV)/bin/python --port $(RASA_PORT) --config $(RASA_CONFIG)

test-rasa: $(VENV)/dev.ok $(RASA_VENV)/run.ok
	RASA_PYTHON=$(abspath $(RASA_VENV))/bin/python $(BIN)/python -m pytest tests/rasa
	$(BIN)/python -m bot rasa --python $(RASA_VENV)/bin/python --config $(RASA_CONFIG) --compare

# A name on PATH is not enough: pyenv leaves one there that only says that it is not switched on.
$(RASA_VENV)/run.ok: requirements-rasa.txt
	@set -e; found=; for p in $(if $(PYTHON310),"$(PYTHON310)",python3.10 "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.10.*/bin/python "$$(uv python find 3.10 2>/dev/null)"); do \
		if "$$p" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then found=$$p; break; fi; \
	done; \
	test -n "$$found" || { echo 'Rasa cần Python 3.10, máy này chưa thấy. Cài bằng một trong các cách sau rồi gõ lại: / Rasa needs Python 3.10, which was not found here. Get it in one of these ways and try again:'; \
		echo '  uv python install 3.10'; \
		echo '  pyenv install 3.10'; \
		echo '  sudo add-apt-repository ppa:deadsnakes/ppa && sudo apt install python3.10 python3.10-venv'; \
		echo '  conda create -n py310 python=3.10 && make rasa PYTHON310="$$(conda info --base)/envs/py310/bin/python"'; exit 1; }; \
	"$$found" -m venv $(RASA_VENV)
	$(RASA_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --use-pep517 -r requirements-rasa.txt
	@touch $@

clean:
	rm -rf $(VENV) $(RASA_VENV)
