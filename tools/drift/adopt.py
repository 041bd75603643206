"""Rewrites parts of a vendor's document in the style of the contract.

Objects, enums and maps become components with names, enums are open, fields of answers are optional, and
descriptions are left empty. What the contract already has, under whatever name, is reused.
"""

from __future__ import annotations

import copy
import itertools
import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from tools.drift.contract import append, block, quoted, ref
from tools.drift.documents import read_pointer
from tools.drift.likeness import is_same_parameter, is_same_schema
from tools.drift.schemas import COMPOUND, Alternative, Reference, is_component, read, reference

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from tools.drift.documents import Document, Pointer

SCHEMAS: Pointer = ("components", "schemas")
PARAMETERS: Pointer = ("components", "parameters")


def spell(*words: str) -> str:
    """Returns a component's name for names of the API: `MinLength` for `minLength`."""
    parts = [part for word in words for part in re.split(r"[^0-9A-Za-z]+", word) if part]
    return "".join(part[0].upper() + part[1:] for part in parts) or "Unnamed"


def allow_null(node: CommentedMap) -> None:
    """Allows null as well. In OpenAPI 3.0, `nullable` is only valid beside a `type`."""
    if "type" in node:
        node["nullable"] = True
        return
    if "allOf" in node:
        node["anyOf"] = CommentedSeq(_in_block(member) for member in node.pop("allOf"))
    null = block(type="boolean", enum=CommentedSeq([None]), nullable=True)
    null["enum"].fa.set_flow_style()
    append(node["anyOf"] if "anyOf" in node else node["oneOf"], null)


class Adopter:
    """Creates nodes of the contract from places of the vendor's document."""

    def __init__(self, contract: Document, vendor: Document, twins: Mapping[Pointer, Pointer]) -> None:
        self._contract = contract
        self._vendor = vendor
        self._twins = {
            theirs: ours
            for theirs, ours in twins.items()
            if ours[1] != "schemas" or is_same_schema(contract, vendor, ours, theirs)
        }
        """The vendor's components, and those of the contract that correspond to them."""
        self._is_sent = False
        """Whether callers send what is created. There, what is required stays required."""
        self._made: dict[tuple[Pointer, ...], Pointer] = {}
        """The components created for objects without a name in the vendor's document."""

    def schema(self, what: Reference, name: str) -> CommentedMap:
        """Returns the node for a field, with an empty description unless it only refers to a component."""
        schema = read(self._vendor, what)
        if len(schema.alternatives) > 1 and any(one.type in COMPOUND for one in schema.alternatives):
            # Of any type, until somebody decides how to express the choice.
            return block(description=quoted(""))
        members = self.members(schema.alternatives, name)
        if len(members) > 1:
            members = [_in_block(member) for member in members]
            node = block(description=quoted(""), anyOf=CommentedSeq(members))
        elif "$ref" not in members[0]:
            node = members[0]
            node.insert(1 if "type" in node else 0, "description", quoted(""))
        elif schema.nullable or not schema.alternatives[0].properties:
            node = block(description=quoted(""), allOf=CommentedSeq(members))
            node["allOf"].fa.set_flow_style()
        else:
            return members[0]
        if schema.nullable:
            allow_null(node)
        return node

    def members(self, alternatives: Iterable[Alternative], name: str) -> list[CommentedMap]:
        """Returns alternatives, each as a reference or as an inline type."""
        return [member for one in alternatives for member in self._members(one, name)]

    def parameter(self, pointer: Pointer, operation: Mapping[str, Any]) -> Pointer:
        """Returns the component for a parameter of an operation, a new one if none means the same."""
        theirs = self._vendor.at(pointer)
        known = self._contract.data.setdefault("components", CommentedMap()).setdefault(
            "parameters", CommentedMap()
        )
        for name, ours in known.items():
            if all(ours.get(key) == theirs.get(key) for key in ("name", "in")) and self._is_parameter(
                (*PARAMETERS, name), pointer
            ):
                return (*PARAMETERS, name)
        node = block(name=theirs["name"])
        node["in"] = theirs["in"]
        if theirs.get("required"):
            node["required"] = True
        node["description"] = quoted("")
        node.update({key: theirs[key] for key in ("style", "explode") if key in theirs})
        if "content" in theirs:
            node["content"] = self._media_types(pointer, spell(theirs["name"]))
        else:
            node["schema"] = _plain(self.schema(reference((*pointer, "schema")), theirs["name"]))
        name = _free(known, spell(theirs["name"]), spell(_singular(_subject(operation)), theirs["name"]))
        append(known, node, name)
        return (*PARAMETERS, name)

    def body(self, pointer: Pointer, operation: Mapping[str, Any]) -> CommentedMap:
        """Returns the node for a request body."""
        adopter = copy.copy(self)  # shares what is known and created
        adopter._is_sent = True
        return adopter.content(pointer, spell(operation["operationId"], "Request"))

    def content(self, pointer: Pointer, name: str) -> CommentedMap:
        """Returns the node for a response or a request body."""
        theirs = self._vendor.get(pointer)
        node = block(description=quoted(""))
        if theirs.get("required"):
            node["required"] = True
        if theirs.get("content"):
            node["content"] = self._media_types(self._vendor.follow(pointer), name)
        return node

    def media_type(self, pointer: Pointer, name: str) -> CommentedMap:
        """Returns the node for one media type of a response or a request body."""
        if "schema" not in self._vendor.at(pointer):
            return CommentedMap()
        return block(schema=_plain(self.schema(reference((*pointer, "schema")), name)))

    def operation(self, pointer: Pointer) -> CommentedMap:
        """Returns the node for an operation, with the answers that all operations share, such as failures."""
        theirs = self._vendor.at(pointer)
        name = spell(str(theirs["operationId"]))
        node = block(operationId=theirs["operationId"])
        node["tags"] = CommentedSeq(self._tag(str(tag)) for tag in theirs.get("tags", ()))
        node["tags"].fa.set_flow_style()
        node.update(summary=quoted(""), description=quoted(""))
        parameters = [(*base, "parameters", index) for base in (pointer[:2], pointer)
                      for index in range(len(self._vendor.at(base).get("parameters", ())))]  # fmt: skip
        refs = [_in_block(ref(self.parameter(self._vendor.follow(each), theirs))) for each in parameters]
        if refs:
            node["parameters"] = CommentedSeq(refs)
        if "requestBody" in theirs:
            node["requestBody"] = self.body((*pointer, "requestBody"), theirs)
        shared = self._shared_responses()
        responses = CommentedMap()
        for code in theirs.get("responses", {}):
            if code not in shared:
                responses[quoted(str(code))] = self.content((*pointer, "responses", code), name + "Answer")
        for response in responses.values():
            self._add_shared_alternatives(response)
        for code, pointer_ in shared.items():
            responses[code] = _in_block(ref(pointer_))
        node["responses"] = responses
        return node

    # --- Schemas ------------------------------------------------------------------------------------------

    def _members(self, one: Alternative, name: str) -> list[CommentedMap]:
        if one.type == "object":
            return [ref(self._object(one, name) if one.properties else self._map(one, name))]
        if one.type == "any":
            return [CommentedMap()]
        node = block(type=one.type)
        if one.type == "array":
            if one.items is not None:
                node["items"] = _plain(self.schema(one.items, _singular(name)))
            node.update(one.bounds)
            return [node]
        if one.format is not None:
            node["format"] = one.format
        if one.enum is not None and one.type != "boolean":
            return [ref(self._enum(one, name)), node]
        node.update(one.bounds)
        return [node]

    def _object(self, one: Alternative, name: str) -> Pointer:
        first = one.parts[0].pointer
        key = tuple(part.pointer for part in one.parts)
        known = self._twins.get(first) if is_component(first) else self._made.get(key)
        if known is not None:
            return known
        pointer = self._new_component(spell(str(first[-1]) if is_component(first) else name))
        if is_component(first):
            self._twins[first] = pointer
        self._made[key] = pointer
        own, shared = _own_and_shared(one, self._twins)
        body = block(type="object")
        required = [name for name in own if name in one.required] if self._is_sent else []
        if required:
            body["required"] = CommentedSeq(required)
            body["required"].fa.set_flow_style()
        body["properties"] = CommentedMap({each: self.schema(own[each], each) for each in own})
        if isinstance(one.additional, tuple):
            body["additionalProperties"] = _plain(self.schema(one.additional, name))
        node = self._contract.at(pointer)
        if shared:
            parts = [_in_block(ref(each)) for each in shared]
            node.update(description=quoted(""), allOf=CommentedSeq([*parts, body]))
        else:
            body.insert(1, "description", quoted(""))
            node.update(body)
        return pointer

    def _map(self, one: Alternative, name: str) -> Pointer:
        known = self._alike(_signature(self._vendor, one))
        if known is not None:
            return known
        pointer = self._new_component(spell(name))
        node = self._contract.at(pointer)
        node.update(type="object", description=quoted(""))
        if isinstance(one.additional, tuple):
            node["additionalProperties"] = _plain(self.schema(one.additional, name))
        else:
            node["additionalProperties"] = True
        return pointer

    def _enum(self, one: Alternative, name: str) -> Pointer:
        part = one.part_with("enum").pointer
        known = self._twins.get(part) or self._alike(_signature(self._vendor, one))
        if known is not None:
            return known
        pointer = self._new_component(spell(str(part[-1]) if is_component(part) else name))
        values = CommentedSeq(one.enum or ())
        values.fa.set_flow_style()
        self._contract.at(pointer).update(type=one.type, description=quoted(""), enum=values)
        self._twins[part] = pointer
        return pointer

    def _alike(self, signature: Hashable) -> Pointer | None:
        for name in self._contract.at(SCHEMAS):
            pointer = (*SCHEMAS, name)
            found = read(self._contract, reference(pointer)).alternatives
            if (
                len(found) == 1
                and signature is not None
                and _signature(self._contract, found[0]) == signature
            ):
                return pointer
        return None

    def _new_component(self, name: str) -> Pointer:
        known = self._contract.at(SCHEMAS)
        name = _free(known, name)
        append(known, CommentedMap(), name)
        return (*SCHEMAS, name)

    def _is_parameter(self, ours: Pointer, theirs: Pointer) -> bool:
        return self._twins.get(theirs) == ours or is_same_parameter(
            self._contract, self._vendor, ours, theirs
        )

    # --- Operations ---------------------------------------------------------------------------------------

    def _media_types(self, pointer: Pointer, name: str) -> CommentedMap:
        content = self._vendor.at(pointer)["content"]
        return CommentedMap({each: self.media_type((*pointer, "content", each), name) for each in content})

    def _tag(self, name: str) -> str:
        tags = self._contract.data.setdefault("tags", CommentedSeq())
        known = {str(tag["name"]).casefold(): str(tag["name"]) for tag in tags}
        if name.casefold() not in known:
            append(tags, block(name=name.lower(), description=quoted("")))
        return known.get(name.casefold(), name.lower())

    def _shared_responses(self) -> dict[Any, Pointer]:
        """Returns the references among the responses that every operation of the contract has."""
        known = [responses for responses in map(self._responses, self._contract.operations()) if responses]
        return {
            code: read_pointer(response["$ref"])
            for code, response in (known[0] if known else {}).items()
            if "$ref" in response and all(responses.get(code) == response for responses in known)
        }

    def _responses(self, operation: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._contract.operations()[operation].raw.get("responses", {})
        return found

    def _add_shared_alternatives(self, response: CommentedMap) -> None:
        """Adds the alternatives that the answer 200 of every operation refers to."""
        found = []
        for name in self._contract.operations():
            content = self._responses(name).get("200", {}).get("content", {})
            members = [member for media in content.values() for member in media["schema"].get("anyOf", ())]
            found.append({member["$ref"] for member in members if "$ref" in member})
        shared = sorted(set.intersection(*found)) if found else []
        for media in response.get("content", {}).values():
            schema = media.get("schema", {})
            members = [_in_block(each) for each in schema.get("anyOf", [CommentedMap(schema)])]
            members += [block(**{"$ref": quoted(each)}) for each in shared]
            media["schema"] = block(anyOf=CommentedSeq(members))


def _own_and_shared(
    one: Alternative, twins: Mapping[Pointer, Pointer]
) -> tuple[dict[str, Reference], list[Pointer]]:
    """Returns an object's own fields, and the contract's components for its other parts."""
    shared = [twins[part.pointer] for part in one.parts[1:] if part.pointer in twins]
    elsewhere = {part.pointer for part in one.parts[1:] if part.pointer in twins}
    own = {name: schema for name, schema in one.properties.items() if schema[0][-1][:-2] not in elsewhere}
    return own, shared


def _signature(document: Document, one: Alternative) -> Hashable:
    """Returns what enums, maps or plain values have in common that can share a component, or None."""
    if one.type in ("any", "array") or one.properties:
        return None
    if one.type == "object":
        if not isinstance(one.additional, tuple):
            return "object", one.additional
        values = read(document, one.additional).alternatives
        inner = _signature(document, values[0]) if len(values) == 1 else None
        return None if inner is None else ("object", inner)
    return one.type, one.format, frozenset(map(repr, one.enum or ()))


def _plain(node: CommentedMap) -> CommentedMap:
    """Returns the node as written where the description belongs to what surrounds it."""
    if list(node) == ["description", "allOf"] and len(node["allOf"]) == 1:
        inner: CommentedMap = node["allOf"][0]
        return inner
    if node.get("description") == "":
        del node["description"]
    if "$ref" not in node and all(isinstance(value, str) for value in node.values()):
        node.fa.set_flow_style()
    return node


def _in_block(node: CommentedMap) -> CommentedMap:
    node.fa.set_block_style()
    return node


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") and len(name) > 2 else name


def _subject(operation: Mapping[str, Any]) -> str:
    """Returns what an operation is about in one word: its tag."""
    return str(next(iter(operation.get("tags", ())), operation["operationId"]))


def _free(taken: Mapping[str, Any], *names: str) -> str:
    """Returns the first name that is not taken, or else the last with a number."""
    numbered = (f"{names[-1]}{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain(names, numbered) if name not in taken)
