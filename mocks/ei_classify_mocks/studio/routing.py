"""The routes of the API, from the operations of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Match, Route

from .addresses import BASE
from .endpoint import Endpoint
from .responses import json_response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.types import Scope

    from ei_classify_mocks.contract import Operation

    from .operations.table import Handler
    from .state import State


class UnknownOperationError(Exception):
    """There is a handler for an operation that the contract does not have."""


def api_routes(
    state: State, operations: Mapping[str, Operation], handlers: Mapping[str, Handler]
) -> list[Route]:
    """One route per operation of the contract, named by its operationId.

    Raises:
        UnknownOperationError: There is a handler for an operation that the contract does not have.
    """
    for unknown in handlers.keys() - operations.keys():
        raise UnknownOperationError(
            f"the double handles {unknown}, which the contract does not have; it has {', '.join(operations)}"
        )
    # A path with fewer parameters comes first, as it may also match the template of another.
    in_order = sorted(operations.values(), key=lambda operation: operation.path.count("{"))
    return [
        Route(
            BASE + operation.path,
            json_response(Endpoint(state, operation, handlers.get(operation.operation_id)).answer),
            methods=[operation.method],
            name=operation.operation_id,
        )
        for operation in in_order
    ]


def find_operation(routes: Sequence[Route], scope: Scope) -> str | None:
    """The operationId that a request calls; None if it calls none."""
    for route in routes:
        match, _ = route.matches(scope)
        if match is Match.FULL:
            # Starlette answers HEAD wherever it answers GET; the contract has no such operation.
            return None if scope["method"] == "HEAD" else route.name
    return None
