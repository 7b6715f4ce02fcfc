"""One vault for the whole tour, with a case in every state."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def beside():
    """Let the tour's own modules be imported."""
    folder = str(Path(__file__).parent)
    sys.path.insert(0, folder)
    yield
    sys.path.remove(folder)


@pytest.fixture(scope="session")
def vault(tmp_path_factory, beside):
    """The vault, closed, with the cases in it by name; each tour takes a copy."""
    from cases import make_cases

    folder = tmp_path_factory.mktemp("tour")
    return folder, make_cases(folder)


@pytest.fixture
def tour(qapp, vault, tmp_path):
    from scenes import Tour

    folder, cases = vault
    made = Tour(made_in=folder, cases=cases, folder=tmp_path)
    yield made
    made.end()
