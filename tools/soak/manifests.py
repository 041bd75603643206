"""Edited manifests and parts of exports. Opening them shows the damage, or the content is as it was."""

from __future__ import annotations

import json
import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ei_classify_mocks.studio import Studio, api_key

from ei_classify import ClassifyClient, ExportError, open_export
from ei_classify.dataset import NAME
from ei_classify.export import export

from .mutations import mutated

if TYPE_CHECKING:
    import random

    from ei_classify.dataset import Format

    from .tally import Tally

_FORMATS: Final[tuple[Format, ...]] = ("parquet", "csv", "jsonl")
_PROJECT: Final = 1


def run(tally: Tally) -> None:
    """Make the trials. Each changes one file of an export."""
    logging.getLogger("ei_classify").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as kept:
        root = Path(kept)
        contents = {form: _exported(root / form, form) for form in _FORMATS}
        for chance in tally.trials():
            form = chance.choice(_FORMATS)
            folder = root / form
            path = chance.choice([folder / NAME, *sorted(folder.glob("**/part-*"))])
            before = path.read_bytes()
            try:
                changed = _changed(path, chance)
                outcome = _opened(folder, contents[form])
            finally:
                path.write_bytes(before)
            kind = "manifest" if path.name == NAME else "part"
            if outcome not in ("damage shown", "as it was"):
                tally.fall(f"{form}, {path.relative_to(folder)}: {outcome}: {changed[:200]!r}")
                outcome = "fell"
            tally.outcomes[f"{kind}: {outcome}"] += 1


def _exported(folder: Path, form: Format) -> list[Any]:
    with Studio() as studio, studio.client() as http:
        client = ClassifyClient(api_key(_PROJECT), base_url=studio.url, http_client=http)
        export(client, folder, _PROJECT, variants=["int8"], format=form, page_size=50, rows_per_part=3000)
    return _content(folder)


def _changed(path: Path, chance: random.Random) -> bytes:
    """Change a file, and return its new content."""
    content = path.read_bytes()
    if path.name == NAME:
        content = mutated(json.loads(content), chance)
    elif content:
        flipped = bytearray(content)
        for _ in range(chance.choice((1, 1, 1, 3))):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        content = bytes(
            flipped[: chance.choice((len(flipped), len(flipped), chance.randrange(len(flipped))))]
        )
    path.write_bytes(content)
    return content


def _opened(folder: Path, content: list[Any]) -> str:
    try:
        if open_export(folder, verify=True).problems:
            return "damage shown"
    except ExportError:
        return "damage shown"
    except BaseException as error:
        return repr(error)
    return "as it was" if _content(folder) == content else "other content"


def _content(folder: Path) -> list[Any]:
    """What a reader of the export gets."""
    stored = open_export(folder)
    if stored.format == "jsonl":
        return list(stored.lines())
    return [stored[table].to_table().to_pylist() for table in stored]
