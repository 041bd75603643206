"""What applies to one operation, whether defined in the operation, in its path or for the whole document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tools.drift.documents import Document, Operation, Pointer

DEFAULT_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


def template(path: str) -> str:
    """Returns the path without the names of its parameters, which are not sent."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def style(parameter: Mapping[str, Any]) -> str:
    """Returns how the value of a parameter is written."""
    style = parameter.get("style", DEFAULT_STYLES.get(str(parameter.get("in")), "form"))
    return f"{style}, {'' if parameter.get('explode', style == 'form') else 'not '}exploded"


def parameters(
    document: Document, operation: Operation, *, by_position: bool
) -> dict[tuple[str, str], Pointer]:
    """Returns the operation's parameters by place and name; those of the path by position, if so told."""
    found: dict[tuple[str, str], Pointer] = {}
    order = re.findall(r"\{([^}]*)\}", operation.path)
    for base in (operation.pointer[:2], operation.pointer):
        for index in range(len(document.at(base).get("parameters") or ())):
            pointer = (*base, "parameters", index)
            parameter = document.get(pointer)
            place, name = str(parameter.get("in")), str(parameter.get("name"))
            if place == "path" and by_position and name in order:
                name = str(order.index(name))
            found[place, name] = pointer
    return found


def _effective(document: Document, operation: Operation, key: str) -> tuple[Pointer, Any]:
    bases = [operation.pointer, operation.pointer[:2], ()]
    base = next((base for base in bases if key in document.at(base)), ())
    return (*base, key), document.at(base).get(key, [])


def servers(document: Document, operation: Operation) -> tuple[Pointer, set[str]]:
    """Returns where the operation's servers are listed, and their URLs."""
    pointer, listed = _effective(document, operation, "servers")
    return pointer, {str(server.get("url")).rstrip("/") for server in listed}


def security(document: Document, operation: Operation) -> tuple[Pointer, set[str]]:
    """Returns where the operation's ways of authentication are listed, and a text for each of them."""
    pointer, requirements = _effective(document, operation, "security")
    found = set()
    for requirement in requirements:
        ways = sorted(_scheme(document, str(name), scopes or []) for name, scopes in requirement.items())
        found.add(" and ".join(ways) or "none at all")
    return pointer, found or {"none at all"}


def _scheme(document: Document, name: str, scopes: Iterable[str]) -> str:
    scheme = document.get(("components", "securitySchemes", name))
    kind = str(scheme.get("type", f"`{name}` (undefined)"))
    if kind == "apiKey":
        return f"key in {scheme.get('in')} {scheme.get('name')}"
    return " ".join(
        [kind, *([str(scheme["scheme"])] if "scheme" in scheme else []), *sorted(map(str, scopes))]
    )
