from enum import StrEnum


class ActorType(StrEnum):
    DATASETVERSIONRESTORE = "datasetVersionRestore"
    OAUTHCLIENT = "oauthClient"
    PROJECTAPIKEY = "projectApiKey"
    USER = "user"

    def __str__(self) -> str:
        return str(self.value)
