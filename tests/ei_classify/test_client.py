from __future__ import annotations

import inspect
import subprocess
import sys

import ei_classify
from ei_classify import (
    AsyncClassifyClient,
    ClassifyClient,
)


def test_both_clients_have_the_same_methods_and_arguments() -> None:
    def methods(client: type) -> dict[str, list[str]]:
        return {
            name.removeprefix("a") if name == "aclose" else name: [
                str(each) for each in signature.parameters.values()
            ]
            for name, member in inspect.getmembers(client, inspect.isfunction)
            if not name.startswith("_") and (signature := inspect.signature(member))
        }

    assert methods(ClassifyClient) == methods(AsyncClassifyClient)


def test_everything_public_is_named_and_importing_it_is_light() -> None:
    exported = vars(ei_classify)["__all__"]
    assert exported == sorted(exported)
    assert all(hasattr(ei_classify, name) for name in exported)
    heavy = "{'numpy', 'pandas', 'pyarrow', 'rich', 'respx', 'pydantic', 'typer'} & sys.modules.keys()"
    # httpx has a command line, and imports rich for it where click is installed too: that is not ours.
    code = f"import sys, httpx; there = {heavy}; import ei_classify; print({heavy} - there or 'light')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "light\n"
