"""The operations that a contract declares: how each is called, and the examples of its answers."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .files import document, read_example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Node = Mapping[str, Any]

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
_JSON = "application/json"


@dataclass(frozen=True)
class Example:
    """A documented answer: its HTTP status, and its body as it is in the file."""

    name: str
    status: int
    body: bytes

    def json(self) -> Any:
        """The decoded body. Each call decodes it again, so callers may change what they get."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation.

    Attributes:
        place: `path`, `query`, `header` or `cookie`.
        schema: Its schema; references inside it are left as they are.
    """

    name: str
    place: str
    required: bool
    schema: Node
    description: str


@dataclass(frozen=True)
class Answer:
    """The JSON of an operation's successful answers.

    Attributes:
        schema: Its schema; references inside it are left as they are.
        document: The document that those references lead into.
    """

    schema: Node
    document: Node

    def resolve(self, schema: Node) -> Node:
        """The schema itself, or the one that it refers to."""
        return _resolve(self.document, schema)


@dataclass(frozen=True)
class Body:
    """The JSON body of an operation's requests.

    Attributes:
        schema: Its schema; references inside it are left as they are.
        document: The document that those references lead into.
    """

    required: bool
    schema: Node
    document: Node


@dataclass(frozen=True)
class Operation:
    """An operation of the contract.

    Attributes:
        path: The path below the base URL, with the names of its parameters in braces.
        examples: The examples of its answers, by name.
        parameters: Its parameters, in the order of the contract.
        body: The body of its requests; None if they have none.
        answer: What its successful answers are; an empty schema if the contract does not say.
    """

    operation_id: str
    method: str
    path: str
    examples: Mapping[str, Example]
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answer: Answer = Answer({}, {})

    @property
    def default_example(self) -> Example | None:
        """The first example of a successful answer; None if there is none."""
        return next((each for each in self.examples.values() if 200 <= each.status < 300), None)

    def parameters_in(self, place: str) -> dict[str, Parameter]:
        """The parameters in the path or in the query, by name."""
        return {each.name: each for each in self.parameters if each.place == place}


@functools.cache
def operations() -> Mapping[str, Operation]:
    """The operations of the contract, by operationId."""
    return read_operations(document())


def read_operations(contract: Node) -> Mapping[str, Operation]:
    """The operations of an OpenAPI document, by operationId."""
    return {
        operation["operationId"]: _read_operation(contract, path, item, method)
        for path, item in contract["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    }


def _read_operation(contract: Node, path: str, item: Node, method: str) -> Operation:
    node: Node = item[method]
    declared = [_resolve(contract, each) for place in (item, node) for each in place.get("parameters", ())]
    # What an operation declares takes the place of what its path declares.
    parameters = {(each["name"], each["in"]): _read_parameter(contract, each) for each in declared}
    return Operation(
        node["operationId"],
        method.upper(),
        path,
        dict(_examples_of(contract, node)),
        tuple(parameters.values()),
        _read_body(contract, node),
        _read_answer(contract, node),
    )


def _read_parameter(contract: Node, node: Node) -> Parameter:
    required = bool(node.get("required", node["in"] == "path"))
    schema = _resolve(contract, node["schema"])
    return Parameter(node["name"], node["in"], required, schema, node.get("description", ""))


def _read_body(contract: Node, node: Node) -> Body | None:
    if "requestBody" not in node:
        return None
    body = _resolve(contract, node["requestBody"])
    media = body.get("content", {}).get(_JSON)
    if media is None:
        return None
    return Body(bool(body.get("required")), media.get("schema", {}), contract)


def _read_answer(contract: Node, node: Node) -> Answer:
    answers = (response for status, response in node["responses"].items() if str(status).startswith("2"))
    media = _resolve(contract, next(answers, {})).get("content", {}).get(_JSON, {})
    return Answer(media.get("schema", {}), contract)


def _examples_of(contract: Node, node: Node) -> Iterator[tuple[str, Example]]:
    for status, response in node["responses"].items():
        media = _resolve(contract, response).get("content", {}).get(_JSON, {})
        # The first status of a range such as 4XX; `default` stands for no status of its own.
        first = int(str(status).upper().replace("X", "0")) if str(status) != "default" else 500
        for name, entry in media.get("examples", {}).items():
            value = _resolve(contract, entry)["value"]
            yield name, Example(name, first, _example_body(value))


def _example_body(value: Any) -> bytes:
    if isinstance(value, dict) and value.keys() == {"$ref"}:
        return read_example(Path(value["$ref"]).stem)
    return json.dumps(value, ensure_ascii=False).encode()


def _resolve(contract: Node, node: Node) -> Node:
    while "$ref" in node:
        target: Any = contract
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key.replace("~1", "/").replace("~0", "~")]
        node = target
    return node
