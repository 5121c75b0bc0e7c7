# Short names for `python3 run.py ...`; on Windows use `py run.py ...`.
PYTHON ?= python3

.PHONY: lab test notebooks long matrix bench site student collect
lab test notebooks long matrix bench site student collect:
	@$(PYTHON) run.py $@ $(FLAGS)
