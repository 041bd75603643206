from enum import StrEnum


class KerasModelVariant(StrEnum):
    AKIDA = "akida"
    FLOAT32 = "float32"
    INT8 = "int8"

    def __str__(self) -> str:
        return str(self.value)
