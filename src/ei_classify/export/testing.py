"""`run_testing`: runs model testing and exports its results, and can be repeated after an end at any moment.

Before the job is started, a note in the folder says so, and which jobs there were. Once the server has
answered, the note has the job's id. A process that finds a note looks for that job instead of starting
another. The note is removed when the export is complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from attrs import frozen

from ei_classify.dataset import storage_of
from ei_classify.errors import ExportError
from ei_classify.jobs import Intent  # msgspec reads the type  # noqa: TC001

from .exporting import Exported, export

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    from ei_classify.client import ClassifyClient
    from ei_classify.dataset import Storage
    from ei_classify.operations import ClassifyRun

NOTE = ".testing.json"


@frozen
class Note:
    """What a folder says of a run of model testing that is not complete."""

    target: dict[str, Any]
    """The server, the project and the options of the run."""
    intent: Intent


def run_testing(
    client: ClassifyClient,
    folder: str | os.PathLike[str] | Storage,
    project_id: int | None = None,
    *,
    variants: Sequence[str] = (),
    impulse_id: int | None = None,
    category: str | None = None,
    skip_feature_generation: bool | None = None,
    attach: bool = False,
    job_id: int | None = None,
    on_run: Callable[[ClassifyRun], object],
    **export_options: Any,
) -> Exported:
    """Run model testing, wait for its results, and export them. No job is started twice.

    If this function is stopped, at any moment and in any way, the same call follows the job that was started.

    Args:
        client: The client.
        folder: The folder of the export, see `export`.
        project_id: The project's id. The default is the client's, or that of the key.
        variants: The model variants to run and to export; by default, the one that the server chooses.
        impulse_id: The impulse; by default, the project's default impulse.
        category: The data set to classify; by default, the testing set.
        skip_feature_generation: Whether to keep the features of the last run.
        attach: Whether to follow the job that is running already, if there is one.
        job_id: A job to follow instead of starting one.
        on_run: A function that is called with the handle of the job, and must wait for its results.
        export_options: Further arguments of `export`, such as `format`.

    Raises:
        ExportError: The folder has the note of another run, or cannot be written to.
        EiClassifyError: As `ClassifyClient.start_classify`, `ClassifyRun.wait` and `export`.
    """
    options: dict[str, Any] = {
        "project_id": project_id,
        "variants": list(variants),
        "impulse_id": impulse_id,
        "category": category,
        "skip_feature_generation": skip_feature_generation,
    }
    target = {"server": client.base_url, **options}
    storage = storage_of(folder)
    with storage.sole_user():
        known = _read(storage, target) if job_id is None else None
        run = client.start_classify(
            **options,
            attach=attach,
            job_id=job_id,
            intent=known,
            on_intent=lambda intent: storage.replace(NOTE, msgspec.json.encode(Note(target, intent))),
        )
    on_run(run)
    filters: dict[str, Any] = {"impulse_id": impulse_id, "category": category}
    present = {name: value for name, value in filters.items() if value is not None}
    done = export(
        client,
        storage,
        run.project_id,
        variants=list(variants) or [None],
        restart=True,
        **present,
        **export_options,
    )
    storage.remove([NOTE])
    storage.settle([NOTE])
    return done


def _read(storage: Storage, target: dict[str, Any]) -> Intent | None:
    """Return what a process that has ended has noted; None if there is no note."""
    try:
        found = msgspec.json.decode(storage.read(NOTE), type=Note)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise ExportError(
            f"{NOTE} cannot be read ({error}). Remove it to start a new job", str(storage.folder)
        ) from error
    if found.target != target:
        raise ExportError(
            f"model testing with other options has not been completed in it (job {found.intent.job_id}). "
            f"Repeat that command, choose another folder, or remove {NOTE}",
            str(storage.folder),
        )
    return found.intent
