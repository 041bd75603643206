"""`python -m ei_classify_mocks`: the Studio double, or Prism with the examples, on the loopback interface."""

from .command.application import main
from .command.arguments import parser, port_number

__all__ = ["main", "parser", "port_number"]

if __name__ == "__main__":
    raise SystemExit(main(program="python -m ei_classify_mocks"))
