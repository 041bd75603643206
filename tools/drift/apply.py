"""Applies additive differences to the contract, each where the contract defines what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from tools.drift.adopt import Adopter, allow_null
from tools.drift.contract import append, block, quoted, ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tools.drift.differences import Difference
    from tools.drift.documents import Document, Pointer


def apply(
    contract: Document, vendor: Document, differences: Iterable[Difference], twins: Mapping[Pointer, Pointer]
) -> list[Difference]:
    """Changes the contract in place, and returns the differences that were applied.

    What is new has an empty description, which the linter refuses until somebody writes one. New fields of
    answers are optional and enums are open, as everywhere in the contract.
    """
    editor = _Editor(contract, vendor, Adopter(contract, vendor, twins))
    return [one for one in differences if editor.take_over(one)]


class _Editor:
    def __init__(self, contract: Document, vendor: Document, adopter: Adopter) -> None:
        self._contract = contract
        self._vendor = vendor
        self._adopter = adopter
        self._actions: Mapping[str, Callable[[Any, Difference], None]] = {
            "operation-new": self._add_operation,
            "parameter-new": self._add_parameter,
            "parameter-optional": self._make_optional,
            "body-new": self._add_body,
            "body-optional": self._make_optional,
            "field-new": self._add_field,
            "type-looser": self._loosen_type,
            "map-looser": self._loosen_map,
            "object-opened": self._loosen_map,
            "nullable": self._make_nullable,
            "bound-looser": self._loosen_bound,
            "enum-value-new": self._add_enum_value,
            "enum-opened": self._open_enum,
        }

    def take_over(self, difference: Difference) -> bool:
        """Applies a difference, and returns whether that is possible."""
        action = self._actions.get(difference.kind)
        if action is not None:
            action(self._contract.at(difference.contract), difference)
        return action is not None

    def _add_operation(self, paths: CommentedMap, new: Difference) -> None:
        _, path, method = new.vendor
        operation = self._adopter.operation(new.vendor)
        if path in paths:
            append(paths[path], operation, str(method))
        else:
            append(paths, block(**{str(method): operation}), str(path))
            paths.yaml_set_comment_before_after_key(path, before="\n")

    def _add_parameter(self, operation: CommentedMap, new: Difference) -> None:
        if "parameters" not in operation:
            operation["parameters"] = CommentedSeq()
        pointer = self._adopter.parameter(new.vendor, operation)
        node = ref(pointer)
        node.fa.set_block_style()
        append(operation["parameters"], node)

    def _add_body(self, operation: CommentedMap, new: Difference) -> None:
        body = self._adopter.body(new.vendor, operation)
        operation.insert(list(operation).index("responses"), "requestBody", body)

    def _make_optional(self, node: CommentedMap, _: Difference) -> None:
        del node["required"]

    def _add_field(self, node: CommentedMap, new: Difference) -> None:
        schema = self._adopter.schema(new.schema, new.name)
        if "properties" in node:
            append(node["properties"], schema, new.name)
        else:
            append(node, block(**{new.name: schema}), "properties")

    def _loosen_type(self, node: CommentedMap, new: Difference) -> None:
        if new.alternative is not None:
            self._add_alternative(node, new)
        elif new.name == "any":
            for key in ("type", "format", "enum"):
                node.pop(key, None)
        else:
            node["type"] = new.name

    def _loosen_map(self, node: CommentedMap, _: Difference) -> None:
        node["additionalProperties"] = True

    def _make_nullable(self, node: CommentedMap, _: Difference) -> None:
        _wrap_reference(node)
        allow_null(node)

    def _loosen_bound(self, node: CommentedMap, new: Difference) -> None:
        if new.value is None:
            del node[new.name]
        else:
            node[new.name] = new.value

    def _add_alternative(self, node: CommentedMap, new: Difference) -> None:
        """Adds a member to the alternatives at a place, or turns what is there into the first of several."""
        name = next(str(key) for key in reversed(new.contract) if key not in ("items", "schema"))
        members = self._adopter.members([new.alternative] if new.alternative else [], name)
        _wrap_reference(node)
        key = next((each for each in ("anyOf", "oneOf") if each in node), None)
        if key is None:
            kept = ("description", "example", "deprecated")
            one = CommentedMap({name: node.pop(name) for name in list(node) if name not in kept})
            node["anyOf"] = CommentedSeq([one])
            key = "anyOf"
        for member in members:
            member.fa.set_block_style()
            append(node[key], member)

    def _add_enum_value(self, node: CommentedMap, new: Difference) -> None:
        append(node["enum"], new.value)

    def _open_enum(self, node: CommentedMap, _: Difference) -> None:
        del node["enum"]


def _wrap_reference(node: CommentedMap) -> None:
    """Turns a bare reference, which allows no keys beside it, into the first of several alternatives."""
    if "$ref" in node:
        inner = CommentedMap({"$ref": node.pop("$ref")})
        node.fa.set_block_style()
        node["description"] = quoted("")
        node["anyOf"] = CommentedSeq([inner])
