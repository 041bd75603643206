"""Routes for respx that replay the documented answers, whatever the base URL."""

from __future__ import annotations

import re
from itertools import chain, repeat
from typing import TYPE_CHECKING

import httpx
import respx

from .contract import Example, Operation, document, operations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_JSON = {"content-type": "application/json"}


def replay(choices: Mapping[str, str | Sequence[str]] | None = None) -> respx.MockRouter:
    """A respx router that answers every operation of the contract from its examples.

    Use it as a context manager or a decorator, as any respx router. Its routes carry the operationIds as
    names, so `router["getJobStatus"].calls` are the recorded calls of one operation; respx forgets them when
    the block ends. A request without a key is answered 401 as by the server; a request that fits no operation
    raises, as respx does.

    Args:
        choices: operationId → name of the example that answers, or several names that answer in turn, the
            last one for good. Left out, an operation answers with the first example of the contract.

    Raises:
        LookupError: the contract has no such operation, or the operation no such example.
    """
    chosen = dict(choices or {})
    for unknown in chosen.keys() - operations().keys():
        raise LookupError(f"the contract has no operation {unknown!r}; it has {', '.join(operations())}")
    router = respx.MockRouter(assert_all_called=False)
    for operation in operations().values():
        names = chosen.get(operation.operation_id) or next(iter(operation.examples))
        examples = [_find(operation, name) for name in ([names] if isinstance(names, str) else names)]
        route = router.route(
            name=operation.operation_id, method=operation.method, path__regex=_path_pattern(operation.path)
        )
        route.mock(side_effect=_answer(operation, examples))
    return router


def _find(operation: Operation, name: str) -> Example:
    try:
        return operation.examples[name]
    except KeyError:
        known = ", ".join(operation.examples)
        raise LookupError(f"{operation.operation_id} has no example {name!r}; it has {known}") from None


def _path_pattern(template: str) -> str:
    """A pattern for the end of a URL's path: what comes before it belongs to the base URL."""
    pieces = re.split(r"\{\w+\}", template)
    return r"-?\d+".join(re.escape(piece) for piece in pieces) + "$"


def _answer(operation: Operation, examples: Sequence[Example]) -> Callable[[httpx.Request], httpx.Response]:
    in_turn = chain(examples, repeat(examples[-1]))
    key_headers = [scheme["name"] for scheme in document()["components"]["securitySchemes"].values()]
    refusal = next(example for example in operation.examples.values() if example.status == 401)

    def answer(request: httpx.Request) -> httpx.Response:
        has_key = any(request.headers.get(name) for name in key_headers)
        example = next(in_turn) if has_key else refusal
        return httpx.Response(
            example.status, content=example.body, headers={"content-type": "application/json"}
        )

    return answer
