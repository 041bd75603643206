from enum import StrEnum


class LabelingMethod(StrEnum):
    LABEL_MAP = "label_map"
    OBJECT_DETECTION = "object_detection"
    SINGLE_LABEL = "single_label"

    def __str__(self) -> str:
        return str(self.value)
