"""The API key or token: where it comes from. `ei_classify_api.credentials` sends and hides it."""

from __future__ import annotations

import logging
import os
import re

from ei_classify_api.credentials import Credentials
from ei_classify_api.keys import Secret
from ei_classify_api.logs import MASK

from ei_classify.errors import ConfigurationError

logger = logging.getLogger("ei_classify")
logger.addFilter(MASK)


def find_credentials(api_key: Secret, jwt_token: Secret) -> Credentials:
    """Return the credentials from the arguments or, if there are none, from EI_API_KEY.

    Raises:
        ConfigurationError: There are none, there are two, or they cannot be sent in a header.
    """
    if api_key.reveal() is not None and jwt_token.reveal() is not None:
        raise ConfigurationError("give api_key or jwt_token, not both")
    name, header, secret = "api_key", "x-api-key", api_key
    if jwt_token.reveal() is not None:
        name, header, secret = "jwt_token", "x-jwt-token", jwt_token
    elif api_key.reveal() is None:
        name, secret = "EI_API_KEY", Secret(os.environ.get("EI_API_KEY"))
    if not isinstance(secret.reveal(), str | None):
        raise ConfigurationError("must be text", name=name)
    secret = _without_quotes(secret, name)
    if not (secret.reveal() or "").strip():
        raise ConfigurationError(
            "no API key: pass api_key= (or jwt_token=), or set EI_API_KEY. "
            "A project's keys are in Studio under Dashboard > Keys."
        )
    secret = Secret((secret.reveal() or "").strip())
    if not re.fullmatch(r"[!-~]+", secret.reveal() or ""):
        raise ConfigurationError(
            "contains spaces, line breaks or other characters that no key has: copy it again",
            name=name,
        )
    return Credentials(header, secret)


def _without_quotes(secret: Secret, name: str) -> Secret:
    text = (secret.reveal() or "").strip()
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "'\"":
        return secret
    logger.warning("%s is in quotation marks, which are left out: no key has them", name)
    return Secret(text[1:-1])
