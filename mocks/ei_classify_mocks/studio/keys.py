"""The keys that open the projects of a double, and nothing else."""

USER_TOKEN = "studio-user-token"  # noqa: S105  # opens a double
"""The token of the user to whom all projects belong, for the header `x-jwt-token`."""


def api_key(project_id: int) -> str:
    """The key of a project, for the header `x-api-key`. Some clients insist on how it begins."""
    return f"ei_studio_key_{project_id}"


def socket_token(project_id: int) -> str:
    """The token that opens the socket for the jobs of a project."""
    return f"studio-socket-token-{project_id}"


def read_only_key(project_id: int) -> str:
    """A key of a project that may read, and may not start or cancel anything."""
    return f"ei_studio_read_only_key_{project_id}"
