"""Samples put into the shapes of the contract's answers."""

from .classified import classified_sample
from .dates import EPOCH, added, written
from .sample import filename, sample_answer
from .subject import SampleData, Subject
from .view import AGES, Age, View
from .windows import classifications, predictions

__all__ = [
    "AGES",
    "EPOCH",
    "Age",
    "SampleData",
    "Subject",
    "View",
    "added",
    "classifications",
    "classified_sample",
    "filename",
    "predictions",
    "sample_answer",
    "written",
]
