"""The application of a Studio: the API, the routes that steer the double, and the faults around both."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from ei_classify_mocks import contract

from .control import Control
from .faults.middleware import FaultyApp
from .job_socket import JobSocket
from .operations.table import HANDLERS
from .responses import refused_path
from .routing import api_routes, find_operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp

    from ei_classify_mocks.contract import Operation

    from .faults.schedule import Faults
    from .operations.table import Handler
    from .record import Record
    from .state import State


def application(
    state: State,
    faults: Faults,
    record: Record,
    *,
    operations: Mapping[str, Operation] | None = None,
    handlers: Mapping[str, Handler] = HANDLERS,
) -> ASGIApp:
    """The ASGI application of a Studio.

    Args:
        state: What it holds.
        faults: What it does wrong.
        record: Where requests are recorded.
        operations: The operations of the API; those of the contract if left out.
        handlers: What carries them out. An operation without a handler answers with its documented example.

    Raises:
        UnknownOperationError: There is a handler for an operation that the API does not have.
    """
    operations = contract.operations() if operations is None else operations
    api = api_routes(state, operations, handlers)
    app = Starlette(
        routes=[*api, *Control(state, faults, record).routes(), JobSocket(state).route()],
        exception_handlers={HTTPException: refused_path},
    )
    find = functools.partial(find_operation, api)
    return FaultyApp(app, find, operations, handlers, faults, record, state.clock)
