"""What pyproject.toml cannot say of the package: where its repository is, and the README with whole links.

The build backend loads this file by its path, so it imports nothing of the project.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)")


class Metadata(MetadataHookInterface):
    """Adds `readme` and `urls`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add them to the metadata of the project."""
        repository = self.config["repository"]
        metadata["urls"] = {
            "Repository": repository,
            "Documentation": f"{repository}/tree/main/docs",
            "Changelog": f"{repository}/blob/main/CHANGELOG.md",
            "Issues": f"{repository}/issues",
            "Security": f"{repository}/blob/main/SECURITY.md",
        }
        text = Path(self.root, "README.md").read_text("utf-8")
        version = f"v{metadata['version']}"
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": with_whole_links(text, repository, version),
        }


def with_whole_links(text: str, repository: str, version: str) -> str:
    """The text with links that lead from any place to the files of that version."""

    def whole(link: re.Match[str]) -> str:
        image, title, target = link.groups()
        return f"{image}[{title}]({repository}/{'raw' if image else 'blob'}/{version}/{target})"

    return LINK.sub(whole, text)
