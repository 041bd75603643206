"""Names and texts as a hostile document has them: generated so that the package works, or refused by name."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.generated.test_templates import document
from tools import generator
from tools.contract_names import find_refused

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    'a"b', "a\\b", "a\nb", "a\rb", "a\0b", "{{ 7 * 7 }}", "{% include 'x' %}", "}", '"""', "a\\",
    "\u2028", "x\u202ey", "\ufb01le", "\u2460", "\u00e9", "",
)  # fmt: skip
NOT_IN_NAMES = ("*/", "#", "$(id)", "a'b", "`id`")
WORDS = (
    "class", "None", "True", "match", "__init__", "__class__", "_unknown", "self", "field", "1d",
    "build", "known", "str",
)  # fmt: skip


def with_property(name: str) -> dict[str, Any]:
    contract = copy.deepcopy(document())
    contract["components"]["schemas"]["Leaf"]["properties"][name] = {"type": "string"}
    return contract


def with_parameter(name: str, place: str = "query") -> dict[str, Any]:
    contract = copy.deepcopy(document())
    new = {"name": name, "in": place, "schema": {"type": "string"}}
    contract["paths"]["/orders"]["post"]["parameters"].append(new)
    return contract


def with_enum_value(name: str) -> dict[str, Any]:
    contract = copy.deepcopy(document())
    contract["components"]["schemas"]["Level"]["enum"].append(name)
    return contract


def with_schema(name: str) -> dict[str, Any]:
    contract = copy.deepcopy(document())
    schemas = contract["components"]["schemas"]
    schemas[name] = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
    reference = name.replace("~", "~0").replace("/", "~1")
    schemas["Leaf"]["properties"]["more"] = {"$ref": f"#/components/schemas/{reference}"}
    return contract


def with_operation(name: str) -> dict[str, Any]:
    contract = copy.deepcopy(document())
    contract["paths"]["/more"] = {"post": {**contract["paths"]["/orders"]["post"], "operationId": name}}
    return contract


def with_tag(name: str) -> dict[str, Any]:
    contract = copy.deepcopy(document())
    contract["paths"]["/orders"]["post"]["tags"] = [name]
    return contract


def with_path(name: str) -> dict[str, Any]:
    contract = copy.deepcopy(document())
    contract["paths"][f"/{name}"] = contract["paths"].pop("/orders")
    return contract


PLACES = {
    "property": with_property,
    "parameter": with_parameter,
    "enum value": with_enum_value,
    "schema": with_schema,
    "operation": with_operation,
    "tag": with_tag,
}


def test_an_ordinary_contract_has_no_refused_name() -> None:
    assert find_refused(document()) == []
    assert find_refused(yaml.safe_load(generator.CONTRACT.read_text("utf-8"))) == []


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", PLACES)
def test_a_name_that_code_cannot_hold_is_refused_with_the_name(kind: str, name: str) -> None:
    if (kind, name) == ("enum value", ""):
        pytest.skip("the empty text is a value like others")
    [sentence] = find_refused(PLACES[kind](name))
    assert sentence == f"{kind} {json.dumps(name)} has characters that no generated code can hold"
    assert sentence.isascii()
    assert sentence.isprintable()


@pytest.mark.parametrize("name", NOT_IN_NAMES)
def test_other_signs_are_refused_in_names_but_not_in_values(name: str) -> None:
    for kind in ("property", "parameter", "schema", "operation", "tag"):
        refused = find_refused(PLACES[kind](name))
        assert refused[0] == f"{kind} {json.dumps(name)} has characters that no generated code can hold"
    assert find_refused(with_enum_value(name)) == []


@pytest.mark.parametrize("path", ['a"b', "{{x}}", "{0.__class__}", "{", "a\nb"])
def test_a_path_that_is_no_plain_one_is_refused(path: str) -> None:
    assert find_refused(with_path(path)) == [
        f"path {json.dumps('/' + path)} has characters that no generated code can hold"
    ]


@pytest.mark.parametrize(
    ("contract", "sentence"),
    [
        (with_property("additionalProperties"), 'property "additionalProperties" is a name that'),
        (with_property("to-dict"), 'property "to-dict" is a name that'),
        (with_property("setAside"), 'property "setAside" is a name that'),
        (with_parameter("client"), 'parameter "client" is a name that'),
        (with_parameter("Request", "header"), 'parameter "Request" is a name that'),
        (with_parameter("Tags"), 'parameter "Tags" is the same in Python as "tags"'),
        (with_property("ID"), 'property "ID" is the same in Python as "id"'),
        (with_schema("wire"), 'schema "wire" is a name that'),
        (with_schema("Integer"), 'schema "Integer" is a name that'),
        (with_schema("leaf"), 'schema "leaf" is the same in Python as "Leaf"'),
        (with_operation("make-order"), 'operation "make-order" is the same in Python as "makeOrder"'),
        (with_enum_value("LOW"), 'enum value "LOW" is the same in Python as "low"'),
        (with_enum_value("value 2"), None),
    ],
)
def test_names_that_would_replace_others_are_refused(contract: dict[str, Any], sentence: str | None) -> None:
    refused = find_refused(contract)
    assert [each.startswith(sentence) for each in refused] == [True] if sentence else refused == []


USE = """\
import importlib, json, pkgutil, sys
import hostile_api
for module in pkgutil.walk_packages(hostile_api.__path__, "hostile_api."):
    importlib.import_module(module.name)
from hostile_api.models import Leaf, Level, Order
names, values, texts = json.load(sys.stdin)
leaf = Leaf.from_dict({"id": 1, **{name: name for name in names}})
assert not leaf.additional_properties, leaf
assert leaf.to_dict() == {"id": 1, **{name: name for name in names}}, leaf
assert {each.value for each in Level} == {"low", "high", *values}, list(Level)
from hostile_api.api.orders.make_order import request
sent = request(body=Order(level=Level.HIGH))
assert (sent["method"], sent["url"]) == ("POST", "/orders"), sent
print("fine")
"""


def test_whatever_is_not_refused_gives_a_package_that_imports_and_keeps_every_name_and_value(
    tmp_path: Path,
) -> None:
    names = [*WORDS, "a-b", "x.y:z/$", "@type"]
    values = [*WORDS, *NOT_IN_NAMES, "a, b", "", "100%", "f(x) = <y>"]
    contract = copy.deepcopy(document())
    schemas = contract["components"]["schemas"]
    texts = [*HOSTILE, *NOT_IN_NAMES, 'ends with "quotes"', 'and with """', "and with \\", "x" * 300 + '\\"']
    contract["paths"]["/orders"]["post"].update(summary='Say "it"', description='In """words"""\\')
    contract["paths"]["/orders"]["post"]["parameters"] += [
        {"name": name, "in": "query", "description": f"{text} in a text", "schema": {"type": "string"}}
        for name, text in zip(names, texts, strict=False)
    ]
    for name, text in zip(names, texts, strict=False):
        schemas["Leaf"]["properties"][name] = {"type": "string", "description": text}
    for index, text in enumerate(texts):
        properties = {"id": {"type": "integer", "description": text}}
        schemas[f"Text{index}"] = {"type": "object", "description": text, "properties": properties}
        schemas["Leaf"]["properties"][f"text{index}"] = {"$ref": f"#/components/schemas/Text{index}"}
    schemas["Level"]["enum"] += values
    assert find_refused(contract) == []

    (tmp_path / "contract.yaml").write_text(yaml.safe_dump(contract), "utf-8")
    generator.generate(tmp_path / "hostile_api", contract=tmp_path / "contract.yaml")

    command = [sys.executable, "-W", "error", "-c", USE]
    said = json.dumps([names, values, texts])
    used = subprocess.run(command, cwd=tmp_path, input=said, capture_output=True, text=True, check=False)
    assert (used.stdout, used.stderr) == ("fine\n", "")


def test_a_package_that_cannot_be_imported_ends_the_generation_with_the_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    for template in generator.TEMPLATES.iterdir():
        text = template.read_text("utf-8")
        broken = text.replace("{{ name }}Wire: TypeAlias", "{{ name }}Wire.x")
        (templates / template.name).write_text(broken, "utf-8")
    monkeypatch.setattr(generator, "TEMPLATES", templates)
    (tmp_path / "contract.yaml").write_text(yaml.safe_dump(document()), "utf-8")
    with pytest.raises(SystemExit):
        generator.generate(tmp_path / "broken_api", contract=tmp_path / "contract.yaml")
    said = capsys.readouterr().err
    assert "what the generator wrote cannot be imported: broken_api." in said
    assert "NameError: name 'LeavesByNameWire' is not defined" in said
