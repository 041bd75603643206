"""Routes for respx that replay the documented answers, whatever the base URL."""

from __future__ import annotations

import re
from itertools import chain, repeat
from typing import TYPE_CHECKING

import httpx
import respx

from .contract import CONTRACT, Example, Operation, document, operations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def replay(choices: Mapping[str, str | Sequence[str]] | None = None) -> respx.MockRouter:
    """Return a respx router that answers every operation of the contract from its examples.

    Use it as a context manager or as a decorator, like any respx router. Each route is named after its
    operationId, so `router["getJobStatus"].calls` holds the recorded calls of that operation; respx clears
    them when the block ends. A request without a key is answered with 401, as by the server. A request that
    matches no operation raises, as usual in respx.

    Args:
        choices: operationId → the name of the example that answers, or several names that answer in turn,
            after which the last one repeats. Other operations answer with their first example.

    Raises:
        LookupError: The contract has no such operation, the operation has no such example, or an operation
            has no example of a successful answer.
    """
    chosen = dict(choices or {})
    for unknown in chosen.keys() - operations().keys():
        raise LookupError(f"the contract has no operation {unknown!r}; it has {', '.join(operations())}")
    router = respx.MockRouter(assert_all_called=False)
    for operation in operations().values():
        names = chosen.get(operation.operation_id) or _default(operation)
        examples = [_find(operation, name) for name in ([names] if isinstance(names, str) else names)]
        route = router.route(
            name=operation.operation_id, method=operation.method, path__regex=_path_pattern(operation.path)
        )
        route.mock(side_effect=_answer(operation, examples))
    return router


def _default(operation: Operation) -> str:
    if operation.default_example is None:
        raise LookupError(
            f"{operation.operation_id} has no example of its answer: write one into mocks/examples/, "
            f"and refer to it from openapi/{CONTRACT.name}"
        )
    return operation.default_example.name


def _find(operation: Operation, name: str) -> Example:
    try:
        return operation.examples[name]
    except KeyError:
        known = ", ".join(operation.examples)
        raise LookupError(f"{operation.operation_id} has no example {name!r}; it has {known}") from None


def _path_pattern(template: str) -> str:
    """A pattern for the end of a URL's path; what precedes it belongs to the base URL."""
    pieces = re.split(r"\{\w+\}", template)
    return r"-?\d+".join(re.escape(piece) for piece in pieces) + "$"


def _answer(operation: Operation, examples: Sequence[Example]) -> Callable[[httpx.Request], httpx.Response]:
    in_turn = chain(examples, repeat(examples[-1]))
    schemes = document()["components"]["securitySchemes"].values()
    key_headers = [scheme.get("name", "authorization") for scheme in schemes]
    refusal = next(
        (example for example in operation.examples.values() if example.status == 401),
        Example("unauthorized", 401, b'{"success": false, "error": "Invalid API key"}'),
    )

    def answer(request: httpx.Request) -> httpx.Response:
        has_key = any(request.headers.get(name) for name in key_headers)
        example = next(in_turn) if has_key else refusal
        return httpx.Response(
            example.status, content=example.body, headers={"content-type": "application/json"}
        )

    return answer
