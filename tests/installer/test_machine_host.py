"""What a bare machine takes over from this one, and when none can be made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer import bare_machine, host

ROOT = Path(__file__).resolve().parents[2]

DEB822 = """\
# a comment
Types: deb deb-src
URIs: http://mirror.invalid/debian
Suites: bookworm bookworm-updates trixie
Components: main
Signed-By: /usr/share/keyrings/some.gpg

Enabled: no
Types: deb
URIs: http://off.invalid/debian
Suites: bookworm
Components: main

Types: deb
URIs: http://other.invalid/tool
Suites: stable
Components: main
"""


@pytest.fixture
def etc(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list.d" / "debian.sources").write_text(DEB822, "utf-8")
    older = "deb [arch=amd64 signed-by=/k.gpg] http://older.invalid/debian bookworm-security main # why"
    lines = f"deb-src http://x.invalid bookworm main\n{older}\n"
    (tmp_path / "sources.list").write_text(lines, "utf-8")
    return tmp_path


def test_sources_of_the_suite_are_taken_over_and_no_others(etc):
    said = host.apt_sources("bookworm", etc)
    assert "URIs: http://mirror.invalid/debian\nSuites: bookworm bookworm-updates\n" in said
    assert "URIs: http://older.invalid/debian\nSuites: bookworm-security\nComponents: main\n" in said
    assert said.endswith("\nSigned-By: /k.gpg\n")
    assert "off.invalid" not in said
    assert "other.invalid" not in said
    assert "trixie" not in said


def test_the_machine_is_made_from_the_first_of_them(etc):
    assert host.mirror(host.apt_sources("bookworm", etc), "bookworm") == "http://mirror.invalid/debian"
    assert host.mirror(host.apt_sources("bookworm", etc), "sid") == ""


def test_of_the_variables_only_those_of_the_network_are_taken_over():
    ours = {"https_proxy": "p", "NO_PROXY": "n", "PIP_CERT": "c", "SSL_CERT_FILE": "f"}
    given = {**ours, "HOME": "/root", "DISPLAY": ":0", "PYTHONPATH": "x", "PIP_CONFIG_FILE": "read, not named"}
    assert host.variables(given) == ours


def test_folders_from_which_pip_takes_packages_are_found(tmp_path):
    for name in ("wheels", "index/simple"):
        (tmp_path / name).mkdir(parents=True)
    settings = tmp_path / "pip.conf"
    settings.write_text(f"[global]\nextra-index-url = file://{tmp_path}/index/simple\n  file:///not/there\n", "utf-8")
    found = host.local_folders({"PIP_CONFIG_FILE": str(settings), "PIP_FIND_LINKS": f"{tmp_path}/wheels", "HOME": str(tmp_path)})
    assert {tmp_path / "index", tmp_path / "wheels"} <= set(found)
    assert Path("/not/there") not in found


def test_the_commands_are_those_that_readme_has():
    commands = bare_machine.readme_commands((ROOT / "README.md").read_text("utf-8"))
    assert commands == ["python3 dev.py demo", "python3 dev.py test"]


def test_who_is_not_root_is_told_so(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert bare_machine.obstacle().startswith("A bare machine can be made by root only. Run: sudo python3 ")


def test_what_is_missing_to_make_one_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    said = bare_machine.obstacle()
    assert said.startswith("A bare machine needs debootstrap, ")
    assert "apt-get install debootstrap" in said


def test_the_script_runs_by_any_python_without_the_environment():
    done = subprocess.run([sys.executable, "-I", "-S", ROOT / "installer" / "bare_machine.py", "--help"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "It needs root and debootstrap." in done.stdout


def test_the_folder_of_machines_is_removed_when_the_program_is_told_to_stop():
    code = """if True:
        import os, signal
        from installer.bare_machine import somewhere
        with somewhere() as folder:
            (folder / "machine").mkdir()
            print(folder, flush=True)
            os.kill(os.getpid(), signal.SIGTERM)
            signal.pause()
    """
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert child.returncode == 128 + 15
    assert Path(child.stdout.strip()).is_absolute()
    assert not Path(child.stdout.strip()).exists()
