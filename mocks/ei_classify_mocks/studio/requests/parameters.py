"""The parameters of a request, checked against those that the contract declares for its operation."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ei_classify_mocks.studio.error_answers import MalformedError

from .values import Value, read_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ei_classify_mocks.contract import Parameter

    Values = Mapping[str, Value | list[Value]]


def read_query(declared: Mapping[str, Parameter], pairs: Iterable[tuple[str, str]]) -> Values:
    """The declared parameters of a query, by name. Parameters that are not declared are ignored.

    Raises:
        MalformedError: A parameter is not of its type, is given twice, or is required and missing.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for name, text in pairs:
        if name in declared:
            texts[name].append(text)
    values: dict[str, Value | list[Value]] = {}
    for name, given in texts.items():
        schema = declared[name].schema
        if schema.get("type") == "array":
            values[name] = [read_value(name, schema.get("items", {}), text) for text in given]
        elif len(given) > 1:
            raise MalformedError(f"{name} is given {len(given)} times")
        else:
            values[name] = read_value(name, schema, given[0])
    for name, parameter in declared.items():
        if parameter.required and name not in values:
            raise MalformedError(f"{name} is missing: {' '.join(parameter.description.split())}")
    return values
