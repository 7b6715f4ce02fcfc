"""Starts real programs for the end-to-end tests and stops them afterwards."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.driver import Program

FAILED = pytest.StashKey[bool]()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Program]]:
    """Give a function that starts a program: ``start()`` the real one, ``start([python, file], name=…)`` another.

    The command of the real one is ``python -m desktop``, or what APP_CMD says (a packaged bundle). One home per test, so that a program
    started twice finds what it left. After a failed test a picture of the screen lies in the test's folder.
    """
    if "GEDIGEN_TEST_SESSION" not in os.environ:
        pytest.fail("needs a screen, a session bus and a keyring of its own: run `python3 dev.py test tests/e2e`")
    from tests.e2e.driver import Program, use_keyboard

    use_keyboard("se")
    started: list[Program] = []

    def begin(command: Sequence[str | Path] | None = None, *arguments: str | Path, name: str = "Gedigen", **variables: str) -> Program:
        own = os.environ.get("APP_CMD", "").split() or [sys.executable, "-m", "desktop"]
        whole = [*(command or own), *arguments]
        program = Program(whole, name=name, home=tmp_path / "home", variables={"PYTHONPATH": str(ROOT), **variables})
        started.append(program)
        return program

    yield begin
    if started and request.node.stash.get(FAILED, False):
        started[-1].picture(tmp_path / "screen.png")
    for program in started:
        program.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for the picture."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report
