from enum import StrEnum


class SignatureValidity(StrEnum):
    BOTH = "both"
    INVALID = "invalid"
    VALID = "valid"

    def __str__(self) -> str:
        return str(self.value)
