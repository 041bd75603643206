"""How a call of an operation is answered: its key and its request are checked, then its handler answers."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from .error_answers import UnansweredError, UnauthorizedError
from .faults.middleware import STRIKES, spoil
from .operations.call import Call
from .requests.bodies import read_body
from .requests.parameters import read_query
from .requests.values import read_value

if TYPE_CHECKING:
    from starlette.requests import Request

    from ei_classify_mocks.contract import Operation

    from .operations.table import Handler
    from .projects import Project
    from .requests.values import Value
    from .state import State


class Endpoint:
    """Answers the calls of one operation.

    Args:
        state: The Studio that is called.
        operation: The operation, as the contract declares it.
        handler: What carries it out; None if its documented example answers.
    """

    def __init__(self, state: State, operation: Operation, handler: Handler | None) -> None:
        self._state = state
        self._operation = operation
        self._handler = handler
        self._path = operation.parameters_in("path")
        self._query = operation.parameters_in("query")

    async def answer(self, request: Request) -> bytes:
        """The encoded body of a successful answer.

        Raises:
            FailureError: The call is refused.
        """
        opened, path = self._open(request)
        query = read_query(self._query, request.query_params.multi_items())
        declared = self._operation.body
        body = None if declared is None else read_body(declared, await request.body())
        if self._handler is None:
            return self._documented()
        struck = functools.partial(spoil, request.scope.get(STRIKES, ()))
        may_change = "read_only" not in request.headers.get("x-api-key", "")
        return self._handler.answer(Call(self._state, path, query, body, opened, may_change, struck))

    def _open(self, request: Request) -> tuple[list[Project], dict[str, Value]]:
        """What the key or token opens, and the parameters in the path, which name one of them."""
        opened = self._state.opened(request.headers.get("x-api-key"), _token(request))
        if not opened:
            raise UnauthorizedError("Invalid API key")
        values: dict[str, Value] = {}
        for name, text in request.path_params.items():
            schema = self._path[name].schema if name in self._path else {}
            value = values[name] = read_value(name, schema, text)
            if name == "projectId" and value not in [project.id for project in opened]:
                raise UnauthorizedError("Invalid API key")
        return opened, values

    def _documented(self) -> bytes:
        example = self._operation.default_example
        if example is None:
            raise UnansweredError(
                f"the double does not carry out {self._operation.operation_id}, "
                "and the contract has no example of its answer"
            )
        return example.body


def _token(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else request.headers.get("x-jwt-token")
