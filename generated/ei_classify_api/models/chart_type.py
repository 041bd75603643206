from enum import StrEnum


class ChartType(StrEnum):
    CHART = "chart"
    IMAGE = "image"
    TABLE = "table"
    VIDEO = "video"

    def __str__(self) -> str:
        return str(self.value)
