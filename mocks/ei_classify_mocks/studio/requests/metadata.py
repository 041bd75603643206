"""The filter over the samples' metadata: a JSON list of conditions and options, written into one string."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify_mocks.studio.error_answers import DeclinedError

from .texts import read_choice, read_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ei_classify_mocks.studio.projects.facts import Facts, Filter

    Condition = Callable[[Mapping[str, str]], bool]


def filter_metadata(text: str) -> Filter:
    """A filter over metadata, in the form that the contract describes.

    Raises:
        DeclinedError: The text is not of that form.
    """
    conditions: list[Condition] = []
    combine: Callable[[Iterable[bool]], bool] = all
    bare = False
    for entry in read_list("metadata", text):
        if not isinstance(entry, dict):
            raise DeclinedError("each entry of metadata must be a JSON object")
        if "filters_combinator" in entry:
            combinator = read_choice("filters_combinator", entry["filters_combinator"], ("and", "or"))
            combine = any if combinator == "or" else all
        elif "no_metadata" in entry:
            bare = entry["no_metadata"] is True
        else:
            conditions.append(_read_condition(entry))

    def passes(sample: Facts) -> bool:
        if bare and not sample.metadata:
            return True
        return combine(one(sample.metadata) for one in conditions) if conditions else not bare

    return passes


def _read_condition(entry: Mapping[str, object]) -> Condition:
    key, values = entry.get("key"), entry.get("values")
    if not isinstance(key, str) or not (values is None or isinstance(values, list)):
        raise DeclinedError("an entry of metadata must have a key, an op and, optionally, a list of values")
    keep = read_choice("op", entry.get("op", ""), ("eq", "neq")) == "eq"

    def holds(metadata: Mapping[str, str]) -> bool:
        return (key in metadata and (not values or metadata[key] in values)) is keep

    return holds
