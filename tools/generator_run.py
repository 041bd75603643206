"""Run openapi-python-client with the things that it does not do: `CONTRACT SETTINGS TARGET [TEMPLATES]`.

- Digits stay with their letters, as in `f1_score`. The generator derives every Python name in one function,
  which takes digits for a word of their own (`f_1_score`) but leaves a name in lower case as it is. So the
  words are separated before it sees the name.
- Templates find the Python names of the operations that may be repeated in `repeatable`: the generator does
  not hand them the extensions of an operation.
- Templates of modules that the generator does not have are written as well.
- Names that would become broken Python are refused, each with the reason.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openapi_python_client import Project, strings
from openapi_python_client.cli import handle_errors
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.schema.untrusted_string import UntrustedString

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.contract_names import find_refused

if TYPE_CHECKING:
    from collections.abc import Iterator

REPEATABLE_METHODS = ("get", "head")
"""The methods of operations that may be repeated unless they say otherwise."""

OWN_MODULES = ("familiar.py",)
"""The modules that only the templates have."""

_BEFORE_A_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")
_snake_case = strings.snake_case


def snake_case(value: str | UntrustedString) -> str:
    """Returns a name of the wire in Python's spelling."""
    text = value.get_untrusted_value() if isinstance(value, UntrustedString) else value
    return _snake_case(_BEFORE_A_WORD.sub("_", text).lower())


def repeatable(document: dict[str, Any]) -> Iterator[str]:
    """Yields the operationId of each operation that may be repeated."""
    for item in document["paths"].values():
        for method, operation in item.items():
            if isinstance(operation, dict) and operation.get("x-repeatable", method in REPEATABLE_METHODS):
                yield operation["operationId"]


def main() -> int:
    """Runs the script; returns its exit code."""
    contract, settings, target, *templates = map(Path, sys.argv[1:])
    strings.snake_case = snake_case
    config = Config.from_sources(
        ConfigFile.load_from_path(settings),
        MetaType.NONE,
        contract,
        "utf-8",
        overwrite=False,
        output_path=target,
    )
    document = json.loads(contract.read_bytes())
    if refused := find_refused(document):
        print(*refused, sep="\n", file=sys.stderr)
        return 1
    names = {strings.PythonIdentifier(each, config.field_prefix) for each in repeatable(document)}
    data = GeneratorData.from_dict(document, config=config)
    if isinstance(data, GeneratorError):
        handle_errors([data], fail_on_warning=True)
        return 1
    project = Project(openapi=data, config=config, custom_template_path=templates[0] if templates else None)
    project.env.globals["repeatable"] = names
    handle_errors(project.build(), fail_on_warning=True)
    for name in OWN_MODULES if templates else ():
        text = project.env.get_template(f"{name}.jinja").render()
        (project.package_dir / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
