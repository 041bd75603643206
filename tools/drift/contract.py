"""Reads and writes the contract, and keeps order, comments, quotes and line breaks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from tools.drift.documents import Document, DriftError

if TYPE_CHECKING:
    from pathlib import Path

NO_WRAPPING = 4096


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = NO_WRAPPING
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def read_yaml(path: Path) -> Any:
    """Reads a YAML file of the project, with positions and comments."""
    try:
        return _yaml().load(path.read_text("utf-8"))
    except (OSError, YAMLError) as error:
        raise DriftError(f"{path} cannot be read: {error}") from None


def read_contract(path: Path) -> Document:
    """Reads the contract, with positions and comments."""
    return Document(read_yaml(path), path.name)


def write_contract(document: Document) -> str:
    """Returns the text of the contract."""
    stream = io.StringIO()
    _yaml().dump(document.data, stream)
    return stream.getvalue()


def block(**values: Any) -> CommentedMap:
    """Returns a mapping in block style."""
    return CommentedMap(values)


def ref(pointer: tuple[str | int, ...]) -> CommentedMap:
    """Returns a reference that is written on one line."""
    node = CommentedMap({"$ref": quoted("#/" + "/".join(str(key) for key in pointer))})
    node.fa.set_flow_style()
    return node


def quoted(text: str) -> SingleQuotedScalarString:
    """Returns a text in single quotes."""
    scalar: SingleQuotedScalarString = SingleQuotedScalarString(text)
    return scalar


def append(container: CommentedMap | CommentedSeq, value: Any, key: str | None = None) -> None:
    """Adds an entry at the end, before the comment on what follows the container."""
    token = _take_trailing_comment(container)
    if isinstance(container, CommentedMap):
        container[key] = value
    else:
        container.append(value)
    if token is not None:
        _give_trailing_comment(container, token)


def _take_trailing_comment(container: Any) -> Any:
    for inner, key, slot in _last_leaves(container):
        tokens = inner.ca.items.get(key)
        if tokens and tokens[slot] is not None and tokens[slot].value.startswith("\n"):
            token, tokens[slot] = tokens[slot], None
            return token
    return None


def _give_trailing_comment(container: Any, token: Any) -> None:
    *outer, (inner, key, slot) = _last_leaves(container)
    if inner.fa.flow_style():  # a comment has no place between braces
        inner.fa.set_block_style()
        for each, _, _ in outer:
            each.fa.set_block_style()
    inner.ca.items[key] = [token, None, None, None] if slot == 0 else [None, None, token, None]


def _last_leaves(container: Any) -> list[tuple[Any, Any, int]]:
    """Returns the last entry, the last entry of that entry, and so on, each with the slot of its comment."""
    leaves = []
    while isinstance(container, (CommentedMap, CommentedSeq)) and container:
        is_map = isinstance(container, CommentedMap)
        key = list(container)[-1] if is_map else len(container) - 1
        leaves.append((container, key, 2 if is_map else 0))
        container = container[key]
    return leaves
