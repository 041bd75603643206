from __future__ import annotations

from importlib import metadata

import pytest

from tools.generator import require_fitting_version


def test_another_version_of_the_generator_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    require_fitting_version()
    monkeypatch.setattr(metadata, "version", lambda name: "0.30.0")

    with pytest.raises(SystemExit):
        require_fitting_version()

    message = capsys.readouterr().err
    assert "the templates fit openapi-python-client 0.29.1, and 0.30.0 is installed" in message
