SHELL := /bin/sh
PY := .venv/bin/python
