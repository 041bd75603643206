"""Faults: what a Studio does wrong on request, when, and how often.

A new fault is a class derived from one of the classes in `base.py`, in one of the modules here or in a new
one, and one line in `table.py`. `--help` and `docs/studio.md` show its name, its arguments and its docstring.
"""
