# Every target goes through packaging/bootstrap.py, which first sets up whatever is missing.
# Further words for the command: make test ARGS="-k receipt"
PYTHON ?= python3
ARGS ?=
TARGETS := run test test-window bench drill check shots setup

.PHONY: $(TARGETS)
$(TARGETS):
	@$(PYTHON) packaging/bootstrap.py $@ $(ARGS)
