"""JSON with other values in some places: what a server may send that the contract does not describe."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

names = st.sampled_from(["new", "newer", "id", "label", "größe", 'with "quotes"', "_0", "predictions"]) | st.text(
    max_size=3
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from([1.0, -(2**63), 2**63, 1735689600, "2025-01-01T00:00:00Z", "2025-01-01 00:00:00"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def mutated(draw: st.DrawFn, body: Any) -> Any:
    """A copy with another value, another property or one less, in a few places."""
    copied = copy.deepcopy(body)
    for _ in range(draw(st.integers(1, 4))):
        _mutate(draw, copied)
    return copied


def _mutate(draw: st.DrawFn, body: Any) -> None:
    holder = body
    while True:
        keys = sorted(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        inner = holder[key]
        if not isinstance(inner, (dict, list)) or not inner or draw(st.integers(0, 5)) == 0:
            break
        holder = inner
    kind = draw(st.sampled_from(["another", "null", "more", "less", "everywhere"]))
    if kind == "another":
        holder[key] = draw(values)
    elif kind == "null":
        holder[key] = None
    elif kind == "more" and isinstance(holder, dict):
        holder[draw(names)] = draw(values)
    elif kind == "everywhere" and isinstance(holder, dict):
        _set_everywhere(body, frozenset(holder), draw(names | st.just(key)), draw(values))
    elif kind == "less":
        del holder[key]


def _set_everywhere(value: Any, like: frozenset[str], name: str, to: Any) -> None:
    """Sets a property of all objects that have the same properties."""
    if isinstance(value, list):
        for item in value:
            _set_everywhere(item, like, name, to)
    elif isinstance(value, dict):
        for item in list(value.values()):
            _set_everywhere(item, like, name, to)
        if frozenset(value) == like:
            value[name] = to


def grow(body: Any) -> None:
    """Adds a property to every sample, learn block and prediction."""
    for entry in body["result"]:
        entry["sample"]["new"] = entry["classifications"][0]["learnBlock"]["new"] = {"of": 1}
        entry["sample"]["newer"] = None
    for prediction in body["predictions"]:
        prediction["new"] = 1


def add_nulls(body: Any) -> None:
    """Adds a null to maps of every sample."""
    for entry in body["result"]:
        entry["sample"]["metadata"] = {"room": None, "site": "lab"}
        for window in entry["classifications"][0]["result"]:
            window["none"] = None


def add_odd_values(body: Any) -> None:
    """Puts values that do not fit into every sample, learn block and prediction."""
    for number, entry in enumerate(body["result"]):
        entry["sample"]["created"] = 1735689600 + number
        entry["sample"]["metadata"] = {"room": number, "site": "lab"}
        entry["classifications"][0]["learnBlock"]["createdAt"] = "yesterday"
    for prediction in body["predictions"]:
        prediction["label"] = 7


CHANGES = (grow, add_nulls, add_odd_values)
"""Changes to a page of which the next pages may have more."""
