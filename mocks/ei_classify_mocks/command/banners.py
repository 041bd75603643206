"""What the command line says once a server is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify_mocks.contract import operations
from ei_classify_mocks.studio import BASE, CONTROL, CONTROL_HEADER, HEADER, USER_TOKEN, api_key

if TYPE_CHECKING:
    from ei_classify_mocks.studio import Studio


def studio_banner(studio: Studio, front: str, behind: str, note: str = "") -> str:
    """What to say of a Studio.

    Args:
        studio: The Studio.
        front: The address for clients.
        behind: The address of the Studio itself.
        note: A line about what stands in front of it.
    """
    lines = "\n".join(
        f"  {project.id:>4}  {project.name:<30} {api_key(project.id):<18} {project.kind}"
        for project in studio.projects
    )
    first = studio.projects[0].id
    return f"""\
The Studio double is ready: EI_API_ENDPOINT={front}{BASE}
{note}
    id  project                        key                kind
{lines}

The token {USER_TOKEN} (header x-jwt-token) opens all of them. Try:

  curl -H 'x-api-key: {api_key(first)}' '{front}{BASE}/api/{first}/classify/all/result/page?limit=2'

The header {HEADER} asks for a fault. The requests so far:

  curl -H '{CONTROL_HEADER}: 1' '{behind}{CONTROL}/requests'

Ctrl-C stops it."""


def prism_banner(url: str) -> str:
    """What to say of a Prism that replays the examples at `url`."""
    examples = "\n".join(
        f"  {operation.operation_id}: "
        + ", ".join(name for name, example in operation.examples.items() if example.status == 200)
        for operation in operations().values()
    )
    return f"""\
The mock server is ready at {url}
Any key will do. Try:

  curl -H 'x-api-key: anything' '{url}/api/1/classify/all/result/page'

Choose an example with the header  Prefer: example=NAME
{examples}
or a failure with the header       Prefer: code=STATUS      (401, 404, 429, 500, 503, …)

Ctrl-C stops it."""
