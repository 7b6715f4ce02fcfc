"""File and entry: never a file outside that the audit trail does not know of, and nothing left behind, whatever stops the program."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import UUID

import pytest

from desktop.operations import handing_out, outgoing_file
from desktop.operations.handing_out import NameTaken, NotWritten, write_handed_out, write_whole
from models import audit, vault
from models.actor import Actor
from models.database import write_tx
from models.document_kind import PUBLIC_RECORD
from models.errors import PersonLocked, RecordRefused
from models.wrapping import Cost
from tests.models.conftest import ASA, asa, cost, folder, opened  # noqa: F401
from tests.models.test_crash import HOUSE, KILLED_AT, OPEN

PDF = b"%PDF- a confidential report " * 4000
CASE = UUID(int=7)


@pytest.fixture(params=["without a name", "under a hidden name"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the file waits: as most of Linux can, and as a USB stick can."""
    if request.param == "under a hidden name":
        monkeypatch.setattr(outgoing_file, "_without_name", lambda _folder: None)
    return str(request.param)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "ut").mkdir()
    return tmp_path / "ut" / "rapport.pdf"


def hand_out(actor: Actor, path: Path, content: bytes = PDF, **more: bool) -> None:
    write_handed_out(path, content, actor=actor, assessment=CASE, kind=PUBLIC_RECORD, part=3, language="sv", **more)


def entered(since: int) -> list[tuple[str, dict[str, object]]]:
    return [(one.act, json.loads(one.value or b"{}")) for one in audit.entries(first=since + 1)]


def left_in(out: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in out.parent.iterdir()}


def test_file_and_entry_are_both_there(asa: Actor, out: Path, way: str) -> None:  # noqa: F811
    for content in (PDF, PDF + b"newer"):
        before = audit.head()[0]
        hand_out(asa, out, content)
        ((act, value),) = entered(before)
        assert (act, value["kind"], value["sha256"]) == ("report.exported", "public_record", hashlib.sha256(content).hexdigest())
        assert left_in(out) == {"rapport.pdf": content}


def test_the_entry_is_kept_before_the_file_has_its_name(asa: Actor, out: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    seen: list[bool] = []
    recorded = audit.record

    def recording(**given: object) -> audit.AuditEntry:
        seen.append(out.exists())
        return recorded(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(audit, "record", recording)
    hand_out(asa, out)
    assert seen == [False]
    with pytest.raises(RuntimeError, match="committed before"), write_tx():
        hand_out(asa, out)


def test_a_full_disk_enters_nothing_and_leaves_the_earlier_file(asa: Actor, out: Path, way: str) -> None:  # noqa: F811
    out.write_bytes(b"earlier")
    before = audit.head()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(PDF) // 2, hard))  # the system then refuses a longer file for want of room
    try:
        with pytest.raises(NotWritten, match=r"rapport\.pdf could not be written: there is no room"):
            hand_out(asa, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert left_in(out) == {"rapport.pdf": b"earlier"}
    assert audit.head() == before


@pytest.mark.parametrize("closed", ["to look into", "to write to"])
def test_a_folder_that_is_closed_is_said_before_anything_is_entered(tmp_path: Path, way: str, closed: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "closed"
        folder.mkdir()
        Path(name).chmod(0o000 if closed == "to look into" else 0o755)
        folder.chmod(0o555)
        hidden = "outgoing_file._without_name = lambda _: None" if way == "under a hidden name" else ""
        # Who administers the computer may write anywhere; so the child is somebody else then.
        done = subprocess.run(
            [sys.executable, "-c", CLOSED.format(hidden=hidden), str(folder)], cwd=HOUSE, capture_output=True, text=True, check=False
        )
        Path(name).chmod(0o755)
        assert list(folder.iterdir()) == []
    assert "rapport.pdf could not be written: you have no permission there." in done.stdout, done.stderr


CLOSED = """
import os, sys
from pathlib import Path
from desktop.operations import outgoing_file
from desktop.operations.handing_out import write_whole
from models.errors import RecordRefused
{hidden}
os.geteuid() or os.setuid(65534)
try:
    write_whole(Path(sys.argv[1]) / "rapport.pdf", b"x")
except RecordRefused as error:
    print(error)
"""


@pytest.mark.parametrize("there", ["a folder", "a pipe"])
def test_what_is_no_file_is_not_replaced(asa: Actor, out: Path, there: str) -> None:  # noqa: F811
    before = audit.head()
    out.mkdir() if there == "a folder" else os.mkfifo(out)
    with pytest.raises(NotWritten):
        hand_out(asa, out)
    assert (out.is_dir(), out.is_fifo()) == (there == "a folder", there == "a pipe")
    assert audit.head() == before


def test_a_file_that_somebody_reads_is_replaced_under_their_eyes_or_not_at_all(asa: Actor, out: Path, way: str) -> None:  # noqa: F811
    out.write_bytes(b"earlier")
    with out.open("rb") as reading:
        hand_out(asa, out)
        assert reading.read() == b"earlier"
    assert left_in(out) == {"rapport.pdf": PDF}


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_name_that_is_refused_at_the_last_moment_is_taken_back_in_the_trail(
    asa: Actor,  # noqa: F811
    out: Path,
    way: str,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_anything: object, **_more: object) -> None:
        raise OSError(number, "refused")

    out.write_bytes(b"earlier")
    monkeypatch.setattr(outgoing_file, "_give_name", refuse)
    monkeypatch.setattr(outgoing_file, "_rename", refuse)
    before = audit.head()[0]
    with pytest.raises(NotWritten, match=r"rapport\.pdf could not be written: you have no permission there"):
        hand_out(asa, out)
    (_, (act, value)) = entered(before)
    assert (act, value) == ("report.not_exported", {"assessment": str(CASE), "entry": before + 1})
    assert left_in(out) == {"rapport.pdf": b"earlier"}
    assert audit.check_chain().whole


def test_when_it_cannot_be_taken_back_either_that_is_said(asa: Actor, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def refuse(*_anything: object, **_more: object) -> None:
        asa.lock()
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(outgoing_file, "_give_name", refuse)
    with pytest.raises(RecordRefused, match="the audit trail says that it was"):
        hand_out(asa, out)
    assert left_in(out) == {}


def test_an_entry_that_cannot_be_made_leaves_no_file(asa: Actor, out: Path, way: str) -> None:  # noqa: F811
    out.write_bytes(b"earlier")
    before = audit.head()
    asa.lock()
    with pytest.raises(PersonLocked):
        hand_out(asa, out)
    assert left_in(out) == {"rapport.pdf": b"earlier"}
    assert audit.head() == before


def test_a_name_that_is_taken_is_left_alone_and_nothing_is_entered(asa: Actor, out: Path, way: str) -> None:  # noqa: F811
    hand_out(asa, out, b"first", replaces=False)
    before = audit.head()
    with pytest.raises(NameTaken, match="is there already"):
        hand_out(asa, out, replaces=False)
    assert left_in(out) == {"rapport.pdf": b"first"}
    assert audit.head() == before


def test_a_name_that_is_taken_meanwhile_is_left_alone_too(asa: Actor, out: Path, way: str) -> None:  # noqa: F811
    with handing_out._set_aside(out, PDF, replaces=False) as put_in_place:
        out.write_bytes(b"another program")
        with pytest.raises(NameTaken):
            put_in_place()
    assert left_in(out) == {"rapport.pdf": b"another program"}


HAND_OUT = f"""{OPEN}
from uuid import UUID
from desktop.operations import handing_out, outgoing_file
from models.document_kind import PUBLIC_RECORD
if sys.argv[5] == "under a hidden name":
    outgoing_file._without_name = lambda _: None
content = b"%PDF- a confidential report " * 4000
sys.setprofile(watch)
handing_out.write_handed_out(
    Path(sys.argv[4]), content, actor=asa, assessment=UUID(int=7), kind=PUBLIC_RECORD, part=3, language="sv"
)
"""
#: Where the child is killed: the function that is just about to begin, and whether the entry stands by then, and the file.
MOMENTS = {
    "while it is written": ("fsync", False, False),
    "before the entry": ("enter_handed_out", False, False),
    "in the middle of the entry": ("verify_act", False, False),
    "between entry and name": ("put_in_place", True, False),
    "after it has its name": ("_keep", True, True),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("waiting", ["without a name", "under a hidden name"])
def test_a_killed_program_leaves_no_file_without_its_entry(
    folder: Path,  # noqa: F811
    cost: Cost,  # noqa: F811
    out: Path,
    waiting: str,
    moment: str,
) -> None:
    with vault.create(folder=folder, organisation="P", person_name="Å", passphrase=ASA, use_keyring=False, cost=cost):
        before = audit.head()[0]
    function, is_entered, is_there = MOMENTS[moment]
    # fsync is no function of Python's: it is the end of the one that writes.
    script = KILLED_AT.replace('"call"', '"return"') if function == "fsync" else KILLED_AT
    wanted = ("_write", 1) if function == "fsync" else ("put_in_place", 1) if function == "put_in_place" else (function, 1)
    given = [str(one) for one in (folder, *wanted, out, waiting)]
    done = subprocess.run([sys.executable, "-c", script + HAND_OUT, *given], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with vault.open_vault(folder=folder, passphrase=ASA, use_keyring=False):
        acts = [act for act, _ in entered(before)]
        assert audit.check_chain().whole
    assert acts == (["report.exported"] if is_entered else [])
    assert out.exists() == is_there
    if waiting == "without a name":
        assert set(left_in(out)) == ({"rapport.pdf"} if is_there else set()), "nothing of it is left anywhere"


def test_what_was_left_under_a_hidden_name_is_taken_away_by_the_next_export(out: Path, way: str) -> None:
    left, young, strange = (out.with_name(name) for name in (".gedigen-1.part", ".gedigen-2.part", ".other.part"))
    for one in (left, young, strange):
        one.write_bytes(PDF)
    for one in (left, strange):
        os.utime(one, (time.time() - 3600,) * 2)
    write_whole(out, b"x")
    assert set(left_in(out)) == {"rapport.pdf", young.name, strange.name}


def test_what_another_program_is_writing_is_left_to_it(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing_file, "_without_name", lambda _folder: None)
    monkeypatch.setattr(outgoing_file, "_JUST_MADE", -1.0)
    other = out.with_name("annan.pdf")
    with outgoing_file.set_aside(other, PDF) as put_in_place:
        write_whole(out, b"x")
        put_in_place(True)
    assert left_in(out) == {"rapport.pdf": b"x", "annan.pdf": PDF}


def test_an_export_without_an_entry_needs_no_vault(out: Path, way: str) -> None:
    write_whole(out, PDF)
    assert left_in(out) == {"rapport.pdf": PDF}
