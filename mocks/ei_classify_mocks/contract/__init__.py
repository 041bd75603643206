"""The contract and its examples, as files and as data."""

from .files import CONTRACT, EXAMPLES, document, example, example_names
from .operations import Answer, Body, Example, Operation, Parameter, operations, read_operations

__all__ = [
    "CONTRACT",
    "EXAMPLES",
    "Answer",
    "Body",
    "Example",
    "Operation",
    "Parameter",
    "document",
    "example",
    "example_names",
    "operations",
    "read_operations",
]
