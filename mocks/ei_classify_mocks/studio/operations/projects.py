"""`listProjects`, `getModelVariants` and `getSocketToken`: what a key opens, and what a project has."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from ei_classify_mocks.studio.answers import EPOCH, written
from ei_classify_mocks.studio.keys import socket_token
from ei_classify_mocks.studio.projects import VARIANTS

if TYPE_CHECKING:
    from ei_classify_mocks.studio.projects import Project

    from .call import Call


def projects(call: Call) -> bytes:
    """A `ProjectList`, encoded."""
    return msgspec.json.encode({"success": True, "projects": [_project(each) for each in call.opened]})


def model_variants(call: Call) -> bytes:
    """A `ModelVariants`, encoded."""
    call.view(VARIANTS[0])  # refuses an impulse that there is not
    return msgspec.json.encode(
        {
            "success": True,
            "modelVariants": [
                {
                    "variant": variant,
                    "isReferenceVariant": variant == VARIANTS[0],
                    "isEnabled": True,
                    "isSelected": variant == VARIANTS[-1],
                }
                for variant in VARIANTS
            ],
        }
    )


def issue_socket_token(call: Call) -> bytes:
    """A `SocketAccess`, encoded. It is valid for an hour, as far as anyone asks."""
    expires = written(call.state.clock() + timedelta(hours=1))
    token = {"socketToken": socket_token(call.project.id), "expires": expires}
    return msgspec.json.encode({"success": True, "token": token})


def _project(project: Project) -> dict[str, object]:
    return {
        "id": project.id,
        "name": project.name,
        "description": "",
        "created": written(EPOCH),
        "owner": "Ada Example",
        "ownerIsDeveloperProfile": True,
        "collaborators": [],
        "labelingMethod": "object_detection" if project.kind == "object-detection" else "single_label",
        "metadata": {},
        "isEnterpriseProject": False,
        "whitelabelId": None,
        "tier": "free",
        "hasPublicVersion": False,
        "isPublic": False,
        "allowsLivePublicAccess": False,
        "indPauseProcessingSamples": False,
        "publicProjectListed": False,
    }
