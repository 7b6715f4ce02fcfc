"""A hostile file cannot take the program down: it is verified in a child process with limits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.reports.verifying_child import CHILD_ARGUMENT, is_child_call, run_limited, verified
from tests.desktop.reports.conftest import Signed


def test_the_child_gives_the_verdict_wherever_it_is_started(reports: Signed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "report ö.pdf"
    file.write_bytes(reports.two)
    verdict = run_limited(Path(file.name), root_pem=reports.root.pem)
    assert (verdict.status, verdict.file.name, len(verdict.signatures)) == ("valid", "report ö.pdf", 2)


def test_who_verified_is_another_process_of_this_program(reports: Signed, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(reports.two)
    told = verified(file, root_pem=reports.root.pem)
    assert told.verdict.status == "valid"
    assert told.program == sys.executable
    assert told.process not in (0, os.getpid())
    late = verified(file, root_pem=None, seconds=0.01)
    assert (late.program, late.process) == ("", 0)


_LEAN = """
import sys
from pathlib import Path
from desktop.reports.lean_import import Absent, import_lean
import_lean()
from desktop.reports.verification import verify
verdict = verify(Path(sys.argv[1]), root_pem=Path(sys.argv[2]).read_bytes())
present = [name for name, module in sys.modules.items() if module is not None and not isinstance(module, Absent)]
print(verdict.status, verdict.record, *present)
"""


def test_the_child_has_nothing_to_reach_a_network_start_a_program_or_parse_xml_with(reports: Signed, tmp_path: Path) -> None:
    file, root = tmp_path / "report.pdf", tmp_path / "root.pem"
    file.write_bytes(reports.three)
    root.write_bytes(reports.root.pem)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run([sys.executable, "-c", _LEAN, file, root], capture_output=True, text=True, check=True, env=environment)
    status, record, *present = done.stdout.split()
    assert (status, record) == ("valid", "agrees")
    assert not {"asyncio", "ssl", "http.client", "urllib.request", "aiohttp", "requests", "subprocess", "lxml.etree"} & set(present)
    assert not {"PySide6", "reportlab", "models.cards"} & set(present)


def test_too_little_time_is_unreadable(reports: Signed, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(reports.two)
    verdict = run_limited(file, root_pem=None, seconds=0.01)
    assert (verdict.status, verdict.exit_code) == ("unreadable", 66)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_a_file_that_asks_for_too_much_memory_is_never_valid(reports: Signed, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(reports.two)
    assert run_limited(file, root_pem=reports.root.pem, memory_bytes=40_000_000).status == "unreadable"


def test_a_huge_file_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as opened:
        opened.write(b"%PDF-1.7\n")
        os.truncate(opened.fileno(), 2_000_000_000)
    verdict = run_limited(file, root_pem=None)
    assert verdict.status == "unreadable"
    assert "larger than" in verdict.sentences[0].message


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert run_limited(tmp_path / "none.pdf", root_pem=None).status == "unreadable"


def test_the_frozen_program_knows_when_it_is_the_child() -> None:
    assert is_child_call([CHILD_ARGUMENT])
    assert not is_child_call(["verify", "file.pdf"])
