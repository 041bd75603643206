"""`python -m ei_classify`."""

from .cli import main

main()
