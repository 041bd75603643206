"""Where a worker finds the key of a project: in its own environment, or with a function that it imports.

A key is read in the process that sends it. It is in no argument and no result of a task, so that no graph,
scheduler, dashboard or log has it.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Final

from ei_classify.errors import ConfigurationError
from ei_classify.http import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLE: Final = "EI_API_KEY"


def check_provider(provider: str) -> None:
    """Check that a text may name a function.

    Raises:
        ConfigurationError: It is not like `module:function`.
    """
    module, colon, name = provider.partition(":")
    if not colon or not all(part.isidentifier() for part in (*module.split("."), name)):
        raise ConfigurationError(
            f"must be like module:function, not {provider!r}", name="key_provider", advice="It names no key."
        )


def find_key(project_id: int, provider: str | None) -> Secret:
    """Return the key of a project.

    Args:
        project_id: The project.
        provider: A function that returns the key of a project by its id, as `module:function`. Without one,
            the key is in the variable `EI_API_KEY_` with the id, or else in `EI_API_KEY`.

    Raises:
        ConfigurationError: There is no key, or the function cannot be imported or has failed.
    """
    if provider is not None:
        return Secret(_provided(project_id, provider))
    own = f"{VARIABLE}_{project_id}"
    key = Secret(os.environ.get(own) or os.environ.get(VARIABLE))
    if not (key.reveal() or "").strip():
        raise ConfigurationError(
            f"no API key for project {project_id}: set {own} or {VARIABLE} in the environment of the "
            "workers, or name a function that returns keys"
        )
    return key


def _provided(project_id: int, provider: str) -> str:
    module, _, name = provider.partition(":")
    try:
        function: Callable[[int], str] = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(
            f"{provider} cannot be imported on a worker ({error})", name="key_provider"
        ) from None
    try:
        key = function(project_id)
    except Exception as error:
        kind = type(error).__name__  # its text may have a key
        raise ConfigurationError(
            f"{provider} has raised {kind} for project {project_id}", name="key_provider"
        ) from None
    if not isinstance(key, str) or not key.strip():
        raise ConfigurationError(f"{provider} has no key for project {project_id}", name="key_provider")
    return key
