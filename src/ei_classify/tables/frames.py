"""Data frames of pandas, in which the columns of labels can be compared with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .arrow import pa

if TYPE_CHECKING:
    import pandas as pd

_LABELS: Final = ("label", "prediction", "expected_label")


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Return a table as a data frame.

    pandas compares categorical columns only if they have the same categories. The columns of labels
    therefore have those of all of them, in order. Columns of numbers, as regression has, are kept apart from
    columns of names, so that they can be converted to numbers.
    """
    frame = table.to_pandas()
    labels = [name for name in _LABELS if name in frame and hasattr(frame[name], "cat")]
    numbers = [name for name in labels if all(map(_is_number, frame[name].cat.categories))]
    for alike in (numbers, [name for name in labels if name not in numbers]):
        every = sorted({label for name in alike for label in frame[name].cat.categories})
        for name in alike:
            frame[name] = frame[name].cat.set_categories(every)
    return frame


def to_arrow_frame(table: pa.Table) -> pd.DataFrame:
    """Return a table as a data frame whose columns have Arrow's types, which no row changes.

    The columns of labels are text, since the frames of two files would have different categories.
    """
    import pandas as pd

    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(place, field.name, table[place].cast(field.type.value_type))
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _is_number(label: str) -> bool:
    try:
        float(label)
    except ValueError:
        return False
    return True
