"""Starts real programs for the end-to-end tests and stops them afterwards."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.driver import Program

#: What a bundle is started with: whatever it took from a Python of this machine would be missing.
NO_PYTHON = dict.fromkeys(("PATH", "PYTHONPATH", "PYTHONHOME"), "/no/such/folder")
FAILED = pytest.StashKey[bool]()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Program]]:
    """Give a function that starts a program: ``start()`` the real one, ``start([python, file], name=…)`` another.

    The command of the real one is ``python -m desktop``, or what APP_CMD says (a bundle, which is then proved to be what runs). One home
    per test, so that a program started twice finds what it left. After a failed test a picture of the screen lies in the test's folder.
    """
    if "GEDIGEN_TEST_SESSION" not in os.environ:
        pytest.fail("needs a screen, a session bus and a keyring of its own: run `python3 dev.py test tests/e2e`")
    from tests.e2e.driver import Program, program_command

    started: list[Program] = []

    def begin(command: Sequence[str | Path] | None = None, *arguments: str | Path, name: str = "Gedigen", **variables: str) -> Program:
        is_bundle = command is None and "APP_CMD" in os.environ
        surroundings = NO_PYTHON if is_bundle else {"PYTHONPATH": str(ROOT)}
        whole = [*(command or program_command()), *arguments]
        program = Program(whole, name=name, home=tmp_path / "home", variables={**surroundings, **variables})
        started.append(program)
        if is_bundle:
            _prove_bundle(program, Path(whole[0]).resolve())
        return program

    yield begin
    if started and request.node.stash.get(FAILED, False):
        started[-1].picture(tmp_path / "screen.png")
    for program in started:
        program.stop()


def _prove_bundle(program: Program, file: Path) -> None:
    """Fail unless the window is that file's, with its own Python and nothing of the Python that runs the tests."""
    mapped = program.mapped()
    assert Path(f"/proc/{program.process.pid}/exe").resolve() == file
    pythons = [one for one in mapped if one.name.startswith("libpython")]
    assert pythons
    of_the_tests = (Path(sys.prefix), Path(sysconfig.get_path("stdlib")))
    strange = [one for one in mapped if any(one.is_relative_to(folder) for folder in of_the_tests)]
    assert [one for one in (*strange, *pythons) if not one.is_relative_to(file.parent)] == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for the picture."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report
