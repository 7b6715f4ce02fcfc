"""One sample vault for the whole tour."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The sample, closed; each tour takes a copy."""
    from desktop.operations.sample import make_sample

    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder=folder, language_code="sv").vault.close()
    return folder


@pytest.fixture
def tour(qapp, sample, tmp_path):
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parent))
    from scenes import Tour

    made = Tour(sample=sample, folder=tmp_path)
    yield made
    made.end()
    sys.path.remove(str(Path(__file__).parent))
