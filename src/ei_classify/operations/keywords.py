"""Signatures that list every keyword, for `help()`, IPython and other tools that ask a function at run time.

Type checkers read the keywords from the `TypedDict` in the annotation `Unpack[...]`. Nothing else does.
"""

from __future__ import annotations

import inspect
import types
from typing import TYPE_CHECKING, TypeVar

from .filters import PageFilters, SampleFilters, VariantOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

F = TypeVar("F", bound="Callable[..., object]")
C = TypeVar("C", bound=type)

_KEYWORDS = {f"Unpack[{kind.__name__}]": kind for kind in (PageFilters, SampleFilters, VariantOptions)}


def list_keywords(function: F) -> F:
    """Give a function a signature that lists the keywords, and return the function."""
    signature = inspect.signature(function)
    parameters = [each for given in signature.parameters.values() for each in _listed(given)]
    function.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return function


def list_keywords_of_methods(kind: C) -> C:
    """Do the same for the methods of a class, and return the class."""
    for each in vars(kind).values():
        if isinstance(each, types.FunctionType):
            list_keywords(each)
    return kind


def _listed(given: inspect.Parameter) -> Iterator[inspect.Parameter]:
    if given.annotation in _KEYWORDS:
        for name, hint in _KEYWORDS[given.annotation].__annotations__.items():
            annotation = getattr(hint, "__forward_arg__", hint)
            yield inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
    yield given
