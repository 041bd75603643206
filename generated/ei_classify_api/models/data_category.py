from enum import StrEnum


class DataCategory(StrEnum):
    POST_PROCESSING = "post-processing"
    TESTING = "testing"
    TRAINING = "training"
    VALIDATION = "validation"

    def __str__(self) -> str:
        return str(self.value)
