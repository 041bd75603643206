"""A call of each operation, made from the contract: with what is required, and nothing else."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from ei_classify_api import api, models
from ei_classify_mocks.contract import document, operations

from tests.openapi.schemas import resolve, smallest

if TYPE_CHECKING:
    from types import ModuleType

    from ei_classify_mocks.contract import Operation


class Call(NamedTuple):
    """How an operation is called, over HTTP and in Python."""

    method: str
    path: str
    """With the query."""
    body: Any
    """The JSON body, None where there is none."""
    module: ModuleType
    arguments: tuple[Any, ...]
    options: dict[str, Any]


def _call(operation: Operation) -> Call:
    raw = document()["paths"][operation.path][operation.method.lower()]
    parameters = map(resolve, raw.get("parameters", []))
    required = {
        each["name"]: each.get("example", smallest(each["schema"]))
        for each in parameters
        if each.get("required")
    }
    module = MODULES[operation.method, re.sub(r"{.*?}", "{}", operation.path)]
    path = re.sub(r"{(.*?)}", lambda found: str(required[found[1]]), operation.path)
    arguments = tuple(required.pop(name) for name in re.findall(r"{(.*?)}", operation.path))
    needed = [
        name
        for name, each in inspect.signature(module.request).parameters.items()
        if each.kind is each.KEYWORD_ONLY and each.default is each.empty and name != "body"
    ]
    options = dict(zip(needed, required.values(), strict=True))
    body = _body(resolve(raw["requestBody"])) if "requestBody" in raw else None
    if body is not None:
        options["body"] = _model(module).from_dict(body)
    target = f"{path}?{urlencode(required)}".rstrip("?")
    return Call(operation.method, target, body, module, arguments, options)


def _body(request_body: dict[str, Any]) -> Any:
    return (
        smallest(request_body["content"]["application/json"]["schema"])
        if request_body.get("required")
        else None
    )


def _model(module: ModuleType) -> Any:
    """The class of an operation's body."""
    annotation = inspect.signature(module.request).parameters["body"].annotation
    return getattr(models, annotation)


def _modules() -> dict[tuple[str, str], ModuleType]:
    """The generated modules, by method and path without the names of its parameters."""
    found = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(api.__path__, f"{api.__name__}.")
        if not each.ispkg
    ]
    return {(each.OPERATION.method, re.sub(r"{.*?}", "{}", each.OPERATION.path)): each for each in found}


MODULES = _modules()
CALLS = {name: _call(operation) for name, operation in operations().items()}
