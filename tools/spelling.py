"""Run openapi-python-client with Python names in which digits stay with their letters, as in `f1_score`.

The generator derives every name from the wire in one function, which takes digits for a word of their own
(`f_1_score`) but leaves a name in lower case as it is. So the words are separated before it sees the name.
"""

from __future__ import annotations

import re

from openapi_python_client import strings
from openapi_python_client.cli import app
from openapi_python_client.schema.untrusted_string import UntrustedString

_BEFORE_A_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")
_snake_case = strings.snake_case


def snake_case(value: str | UntrustedString) -> str:
    """Returns a name of the wire in Python's spelling."""
    text = value.get_untrusted_value() if isinstance(value, UntrustedString) else value
    return _snake_case(_BEFORE_A_WORD.sub("_", text).lower())


if __name__ == "__main__":
    strings.snake_case = snake_case
    app()
