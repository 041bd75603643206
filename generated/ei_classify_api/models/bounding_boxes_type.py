from enum import StrEnum


class BoundingBoxesType(StrEnum):
    CONSTRAINED_OBJECT_DETECTION = "constrained_object_detection"
    OBJECT_DETECTION = "object_detection"

    def __str__(self) -> str:
        return str(self.value)
