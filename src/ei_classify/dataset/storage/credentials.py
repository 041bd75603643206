"""Where the credentials of object stores come from: where the tools of each cloud keep them."""

from __future__ import annotations

import os
from typing import Any, Final

from ei_classify.errors import MissingExtraError

_OF_OBSTORE: Final = (
    "AWS_ACCESS_KEY_ID",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_SKIP_SIGNATURE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
)
"""With any of these variables, obstore finds the credentials by itself."""


def credentials_of(scheme: str) -> dict[str, Any]:
    """Return the options of a store that tell it where its credentials are; none if it knows by itself.

    obstore reads the variables of all clouds and the files of Google and Azure. The profiles of AWS in
    `~/.aws`, with single sign-on, are read by boto3 if it is installed.

    Raises:
        MissingExtraError: `AWS_PROFILE` names a profile, and boto3 is not installed.
    """
    if scheme != "s3" or any(name in os.environ for name in _OF_OBSTORE):
        return {}
    try:
        import boto3
        from obstore.auth.boto3 import Boto3CredentialProvider
    except ImportError as error:
        if "AWS_PROFILE" in os.environ:
            raise MissingExtraError("boto3") from error
        return {}
    session = boto3.Session()
    return (
        {} if session.get_credentials() is None else {"credential_provider": Boto3CredentialProvider(session)}
    )
