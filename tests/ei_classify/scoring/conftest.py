from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import ClassifyClient, StoredExport, open_export
from ei_classify.export import export

if TYPE_CHECKING:
    from collections.abc import Callable

VARIANTS = ("float32", "int8")


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], StoredExport]:
    """A function: a project of the double → an export of both of its variants."""
    done: dict[int, StoredExport] = {}

    def of(project: int) -> StoredExport:
        if project not in done:
            folder = tmp_path_factory.mktemp(f"project-{project}")
            with Studio() as studio:
                http = studio.client()
                with ClassifyClient(api_key(project), base_url=studio.url, http_client=http) as client:
                    export(client, folder, project, variants=list(VARIANTS))
            done[project] = open_export(folder)
        return done[project]

    return of
