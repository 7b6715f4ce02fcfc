"""The report of another vault, made once, and files of it in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desktop.imported.other_vault import Foreign, make
from tests.models.conftest import asa, cost, folder, opened, rut, small_case  # noqa: F401


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    return make(tmp_path_factory.mktemp("elsewhere") / "Systerstiftelsen.gedigen")


@dataclass(frozen=True)
class Sent:
    """The report and the root certificate as files."""

    report: Path
    root: Path


@pytest.fixture
def sent(foreign: Foreign, tmp_path: Path) -> Sent:
    files = Sent(tmp_path / "rapport.pdf", tmp_path / "syster.pem")
    files.report.write_bytes(foreign.both)
    files.root.write_bytes(foreign.root_pem)
    return files
