"""Keeps spreadsheets from taking text in CSV files for formulas.

OWASP calls the attack "CSV injection": a label such as `=HYPERLINK(…)` runs when the file is opened.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_FORMULA: Final = r"\A'*[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
"""How a formula begins; the last four characters are a full-width `=+-@`.

A text that has `'` before it gets one more, so that the rule can be undone.
"""
_HARMLESS: Final = r"\A[+-]?([0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)?\z"
"""A number, or a sign alone: the API has the label `-` for samples without one."""


def without_formulas(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts, with `'` before each that a spreadsheet would take for a formula.

    Numbers such as `-1.5` and the text `-` stay as they are. To undo the rule, remove the first `'` of each
    text in which one or more `'` are followed by a character that a formula begins with.

    Args:
        texts: The texts. Their type is string, or a dictionary of strings.
    """
    return pa.chunked_array([_without_formulas(chunk) for chunk in texts.chunks], texts.type)


def _without_formulas(texts: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(texts.type):  # which repeats few texts many times
        return pa.DictionaryArray.from_arrays(texts.indices, _without_formulas(texts.dictionary))
    formula = pc.and_not(
        pc.match_substring_regex(texts, _FORMULA), pc.match_substring_regex(texts, _HARMLESS)
    )
    return pc.if_else(formula, pc.binary_join_element_wise("'", texts, ""), texts)
