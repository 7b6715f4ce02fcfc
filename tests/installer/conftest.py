"""The real bundle, made once for all tests that look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def made_bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that ``dev.py bundle`` makes; it takes most of a minute, and no test may change it."""
    folder = tmp_path_factory.mktemp("made") / "gedigen"
    command = [sys.executable, "-m", "installer.bundle", folder]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
