from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import ClassifyClient, StoredExport, open_export
from ei_classify.export import export

if TYPE_CHECKING:
    from collections.abc import Callable

VARIANTS = ("float32", "int8")
PAGE_SIZES = {1: 50, 2: 80, 3: 20, 4: 20, 6: 100, 7: 20, 8: 15, 9: 60}
"""By project, what gives three parts."""


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], StoredExport]:
    """A function: a project of the double → an export of both of its variants."""
    return functools.cache(lambda project: exported_project(tmp_path_factory, project))


@pytest.fixture(scope="session")
def exported_in_parts(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], StoredExport]:
    """A function: a project of the double → an export of both of its variants, in parts of few samples."""
    return functools.cache(
        lambda project: exported_project(
            tmp_path_factory, project, rows_per_part=1, page_size=PAGE_SIZES[project]
        )
    )


def exported_project(tmp_path_factory: pytest.TempPathFactory, project: int, **options: Any) -> StoredExport:
    """An export of both variants of a project of the double."""
    folder = tmp_path_factory.mktemp(f"project-{project}")
    with Studio() as studio:
        http = studio.client()
        with ClassifyClient(api_key(project), base_url=studio.url, http_client=http) as client:
            export(client, folder, project, variants=list(VARIANTS), **options)
    return open_export(folder)
