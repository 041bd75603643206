"""The JSON body of a request, checked against the schema that the contract declares for its operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ei_classify_mocks.studio.error_answers import MalformedError

if TYPE_CHECKING:
    from ei_classify_mocks.contract import Body

_DOCUMENT = "urn:contract"  # what the references in a schema are resolved against


def read_body(declared: Body, content: bytes) -> object:
    """The decoded body of a request; None if there is none and none is required.

    Raises:
        MalformedError: The body is missing, is not JSON, or does not fit its schema; the message names the
            place.
    """
    if not content:
        if declared.required:
            raise MalformedError("the request must have a JSON body")
        return None
    try:
        value: object = msgspec.json.decode(content)
    except msgspec.DecodeError as error:
        raise MalformedError(f"the body is not JSON: {error}") from None
    problem = _find_problem(declared, value)
    if problem is not None:
        raise MalformedError(problem)
    return value


def _find_problem(declared: Body, value: object) -> str | None:
    # Imported here: they take a while, and most operations have no body.
    from jsonschema.exceptions import best_match
    from openapi_schema_validator import OAS30WriteValidator
    from referencing import Registry
    from referencing.jsonschema import DRAFT4

    registry: Registry[Any] = Registry().with_resource(
        _DOCUMENT, DRAFT4.create_resource(dict(declared.document))
    )
    validator = OAS30WriteValidator(
        _absolute(declared.schema), registry=registry, format_checker=OAS30WriteValidator.FORMAT_CHECKER
    )
    error = best_match(validator.iter_errors(value))
    if error is None:
        return None
    return f"the body{error.json_path.removeprefix('$')} does not fit the contract: {error.message}"


def _absolute(node: Any) -> Any:
    """The schema with references that name the document they lead into."""
    if isinstance(node, dict):
        return {
            key: _DOCUMENT + value if key == "$ref" and isinstance(value, str) else _absolute(value)
            for key, value in node.items()
        }
    return [_absolute(item) for item in node] if isinstance(node, list) else node
