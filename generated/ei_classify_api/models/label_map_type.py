from enum import StrEnum


class LabelMapType(StrEnum):
    KEY_VALUES = "key-values"

    def __str__(self) -> str:
        return str(self.value)
