"""Killed programs, full disks and second windows: what was acknowledged is there, and nothing is half."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models import actor, audit, person, vault, vault_file
from models.actor import Actor
from models.database import open_register, write_tx
from models.errors import (
    DiskFull,
    GedigenError,
    NotAVault,
    VaultInUse,
    WrongPassphrase,
)
from models.vault import Vault
from models.wrapping import Cost

ASA, RUT = "åsas egna ord", "ruts egna ord"
HOUSE = Path(__file__).parents[2]

#: A child that kills itself the moment a function is called for the given time, so that nothing is tidied up.
KILLED_AT = """
import os, signal, sys
from pathlib import Path
from models import actor, audit, blobs, person, vault
from models.wrapping import Cost
folder, function, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
cost, seen = Cost(1, 32, 1), 0
def watch(frame, event, _):
    global seen
    if event == "call" and frame.f_code.co_name == function:
        seen += 1
        if seen == times:
            os.kill(os.getpid(), signal.SIGKILL)
"""
CREATE = """
sys.setprofile(watch)
vault.create(folder=folder, organisation="P", person_name="Å", passphrase="åsas egna ord", use_keyring=False, cost=cost)
"""
OPEN = """
v = vault.open_vault(folder=folder, passphrase="åsas egna ord", use_keyring=False)
asa = actor.unlock(person=v.opened_by, passphrase="åsas egna ord")
"""
CHANGE = f"""{OPEN}
sys.setprofile(watch)
person.change_passphrase(person=asa.person, old="åsas egna ord", new="helt nya ord", cost=cost)
"""
ADD = f"""{OPEN}
given = dict(name="R", email="", roles={{"reviewer"}}, passphrase="ruts egna ord")
sys.setprofile(watch)
person.add_person(by=asa, administrator_passphrase="åsas egna ord", cost=cost, **given)
"""
ACT = f"""{OPEN}
for n in range(100000):
    print(audit.record(actor=asa, act="test.act", value={{"n": n}}).seq, flush=True)
"""
REFUSED = """
from models.errors import VaultInUse
try:
    vault.open_vault(folder=folder, passphrase="åsas egna ord", use_keyring=False)
except VaultInUse:
    print("in use")
"""


def child(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", KILLED_AT + script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True)


def killed(script: str, *arguments: object) -> None:
    with child(script, *arguments) as process:
        process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL, "the child ended before it came to the function"


def again(folder: Path, passphrase: str = ASA) -> Vault:
    return vault.open_vault(folder=folder, passphrase=passphrase, use_keyring=False)


def opens(folder: Path, passphrase: str) -> bool:
    try:
        with again(folder, passphrase) as opened:
            assert audit.check_chain().whole
            assert opened.opened_by is not None
            actor.unlock(person=opened.opened_by, passphrase=passphrase)
    except WrongPassphrase:
        return False
    return True


def test_two_windows_on_one_vault_are_refused(opened: Vault) -> None:
    with pytest.raises(VaultInUse):
        again(opened.folder)
    with child(REFUSED, opened.folder, "none", 0) as process:
        said, _ = process.communicate(timeout=300)
    assert said == "in use\n"


@pytest.mark.parametrize(
    ("function", "times"), [("_connect", 1), ("climb", 2), ("enter", 1), ("record", 2), ("_disconnect", 1), ("write", 1), ("rename", 1)]
)
def test_a_killed_creation_leaves_nothing_that_looks_like_a_vault(folder: Path, function: str, times: int, cost: Cost) -> None:
    killed(CREATE, folder, function, times)
    assert list(folder.parent.glob("*.gedigen")) == []
    with pytest.raises(NotAVault):
        again(folder)
    vault.create(folder=folder, organisation="P", person_name="Å", passphrase=ASA, use_keyring=False, cost=cost).close()


@pytest.mark.parametrize(
    ("function", "times"),
    [("with_wrap", 1), ("write", 1), ("settle", 1), ("save", 1), ("record", 1), ("sweep", 1), ("write", 2), ("settle", 2)],
)
def test_a_killed_change_of_passphrase_leaves_exactly_one_that_works(opened: Vault, function: str, times: int) -> None:
    opened.close()
    killed(CHANGE, opened.folder, function, times)
    # A wrap too many may be there until the vault is opened by what the register names.
    old, new = opens(opened.folder, ASA), opens(opened.folder, "helt nya ord")
    assert (old, new) in {(True, False), (False, True)}
    assert len(vault_file.read(opened.folder).wraps) == 1


@pytest.mark.parametrize(("function", "times"), [("write", 1), ("settle", 1), ("enter", 1), ("record", 1), ("sweep", 1)])
def test_a_killed_adding_of_a_person_leaves_that_person_whole_or_not_at_all(opened: Vault, function: str, times: int) -> None:
    opened.close()
    killed(ADD, opened.folder, function, times)
    with again(opened.folder):
        people = len(person.people())
    assert opens(opened.folder, RUT) is (people == 2)
    assert len(vault_file.read(opened.folder).wraps) == people


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(opened: Vault) -> None:
    opened.close()
    with child(ACT, opened.folder, "none", 0) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(60)]
        process.kill()
        acknowledged = int((lines + process.stdout.read().splitlines(keepends=True))[-1])
    assert acknowledged >= 59
    with again(opened.folder):
        assert audit.head()[0] >= acknowledged
        report = audit.check_chain()
        assert report.whole
        assert report.entries == audit.head()[0] + 1


def test_a_full_disk_changes_nothing(opened: Vault, asa: Actor) -> None:
    register, before = open_register(), audit.head()
    pages = register.execute_sql("PRAGMA page_count").fetchone()[0]
    register.execute_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull), write_tx():
        audit.record(actor=asa, act="test.act", value={"much": "x" * 100_000})
    register.execute_sql("PRAGMA max_page_count = 1000000")
    assert audit.head() == before
    audit.record(actor=asa, act="test.act", value={})
    assert audit.check_chain().whole


def test_a_full_disk_leaves_vault_json_as_it_was(opened: Vault) -> None:
    opened.close()
    before = (opened.folder / "vault.json").read_bytes()
    script = """
import resource
from models import vault_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
content = vault_file.read(folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    vault_file.write(folder, content)
except Exception as error:
    print(type(error).__name__)
"""
    with child(script, opened.folder, "none", 0) as process:
        said, _ = process.communicate(timeout=300)
    assert said == "DiskFull\n"
    assert (opened.folder / "vault.json").read_bytes() == before
    assert not list(opened.folder.glob("*.partial"))


def test_a_failed_creation_is_cleared_away_and_another_can_follow(folder: Path, cost: Cost) -> None:
    with pytest.raises(GedigenError):
        vault.create(folder=folder, organisation="P", person_name="  ", passphrase=ASA, use_keyring=False, cost=cost)
    assert list(folder.parent.iterdir()) == []
    vault.create(folder=folder, organisation="P", person_name="Å", passphrase=ASA, use_keyring=False, cost=cost).close()
