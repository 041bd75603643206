"""`python -m ei_classify.cli`."""

from . import main

main()
