from enum import StrEnum


class ProjectTier(StrEnum):
    COMMUNITY_PLUS = "community-plus"
    ENTERPRISE = "enterprise"
    FREE = "free"
    PROFESSIONAL = "professional"

    def __str__(self) -> str:
        return str(self.value)
