from __future__ import annotations

import json

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.environment import ROOT
from tools.sbom import write_sbom


def test_the_bill_of_materials_is_current_and_names_the_licence_of_each_package() -> None:
    text = (ROOT / "sbom.cdx.json").read_text("utf-8")
    assert text == write_sbom(), "run scripts/sbom"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    components = {each["name"]: each for each in json.loads(text)["components"]}
    assert {"httpx", "httpcore", "msgspec", "pyarrow", "starlette", "typer", "colorama"} <= components.keys()
    assert not {"pytest", "ruff", "pip"} & components.keys()
    assert all(each["licenses"] and each["hashes"] for each in components.values())
