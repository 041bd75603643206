from enum import StrEnum


class TrainingProcessor(StrEnum):
    CPU = "cpu"
    GPU = "gpu"

    def __str__(self) -> str:
        return str(self.value)
