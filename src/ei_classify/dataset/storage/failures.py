"""What failures of object stores mean, in words that no credential can be in.

The texts of the store's own errors have URLs, headers and answers, which may hold a signature or a key. Only
the status and the code of an answer are taken from them.
"""

from __future__ import annotations

import re
from typing import Final

import obstore.exceptions as store_errors

_STATUS: Final = re.compile(r"status code: ([1-5]\d\d)\b")
_CODE: Final = re.compile(r"<Code>([A-Za-z]{1,60})</Code>")
_NO_BUCKET: Final = {"NoSuchBucket", "ContainerNotFound"}
_NO_KEY: Final = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken"}
_OF_REGION: Final = {
    "PermanentRedirect",
    "AuthorizationHeaderMalformed",
    "IllegalLocationConstraintException",
}
_METADATA_HOSTS: Final = ("169.254.169.254", "169.254.170.", "metadata.google")
KEPT: Final = "What is written is kept: then repeat the same call to continue"


def reason(error: Exception) -> str:
    """Return what went wrong, and what to do."""
    text = str(error)
    status = found[1] if (found := _STATUS.search(text)) else ""
    code = found[1] if (found := _CODE.search(text)) else ""
    said = " ".join(filter(None, [f"status {status}" if status else "", code]))
    if code in _NO_BUCKET:
        return f"there is no such bucket ({code}). Create it, or correct the URL"
    if any(host in text for host in _METADATA_HOSTS):
        return (
            "no credentials were found. Give them where the tools of the cloud look for them, such as the "
            "variable AWS_ACCESS_KEY_ID; `docs/storage.md` has the list"
        )
    refusals = (store_errors.PermissionDeniedError, store_errors.UnauthenticatedError)
    if isinstance(error, refusals) or status in ("401", "403") or code in _NO_KEY:
        return (
            f"access is refused ({said}). Check the credentials, and what they permit in this bucket. {KEPT}"
        )
    if code in _OF_REGION or "configured region" in text:
        return "the bucket is in another region. Set AWS_REGION to that of the bucket"
    if isinstance(error, store_errors.NotSupportedError) or status == "501":
        return f"the store cannot do what an export needs{f' ({said})' if said else ''}. Use another store"
    if status:
        return f"the store fails ({said}). Solve that, or wait. {KEPT}"
    if "Account must be specified" in text:
        return "the account of Azure is not known. Set AZURE_STORAGE_ACCOUNT_NAME"
    if "builder error" in text:
        return (
            "the endpoint is no valid https URL. Correct it or, for http without encryption, set "
            "AWS_ALLOW_HTTP to true"
        )
    return f"the store cannot be reached. Check the network, and the endpoint if you have set one. {KEPT}"
