"""For which systems the lock has a wheel of everything, by its hashes. Asks the package index, so only ``dev.py test --full`` runs it.

pip itself decides, in a dry run that fetches descriptions and no wheels. It takes another system's wheels but judges a requirement's
condition by the system it runs on, so the conditions are judged here first.
"""

from __future__ import annotations

import json
import os
import plistlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.full

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "3.11"

_MAC = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"}
_WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
_LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}


def _mac_tags(machine: str) -> list[str]:
    newer = [f"macosx_{number}_0_{kind}" for number in range(11, 16) for kind in (machine, "universal2")]
    return newer + [f"macosx_10_{number}_{kind}" for number in range(9, 17) for kind in (machine, "universal2")]


#: What is true on each system, and the tags of wheels that run there. On ARM, Qt needs glibc 2.39, so Debian 13 or Ubuntu 24.04.
SYSTEMS = {
    "Windows on x86-64": ({**_WINDOWS, "platform_machine": "AMD64"}, ["win_amd64"]),
    "Windows on ARM": ({**_WINDOWS, "platform_machine": "ARM64"}, ["win_arm64"]),
    "macOS on Apple processors": ({**_MAC, "platform_machine": "arm64"}, _mac_tags("arm64")),
    "macOS on Intel": ({**_MAC, "platform_machine": "x86_64"}, _mac_tags("x86_64")),
    "Linux on ARM": (
        {**_LINUX, "platform_machine": "aarch64"},
        ["manylinux2014_aarch64", *(f"manylinux_2_{number}_aarch64" for number in range(17, 40))],
    ),
}

#: Nobody makes these wheels: there Gedigen does not run by itself. Windows on ARM runs the program for x86-64.
MISSING = {
    "Windows on ARM": {"cryptography", "python-bidi", "python-pkcs11", "pyyaml", "uharfbuzz"},
    "macOS on Intel": {"cryptography", "pikepdf"},
}


@pytest.fixture(scope="module")
def new_pip(tmp_path_factory):
    """A pip that needs no wheel for a dry run; the environment's may be older."""
    folder = tmp_path_factory.mktemp("pip")
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, "pip>=24.1"], check=True)
    return folder


def _locked(environment: dict[str, str]) -> dict[str, str]:
    """Give the lines of the lock that hold in an environment, by name."""
    lines = {}
    for line in (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            written, _, hashes = line.partition(" --hash")
            requirement = Requirement(written.strip())
            if requirement.marker is None or requirement.marker.evaluate(environment):
                lines[requirement.name] = f"{requirement.name}{requirement.specifier} --hash{hashes}"
    return lines


def _dry_run(lines: list[str], tags: list[str], *, pip: Path, folder: Path) -> tuple[str, list[str]]:
    """Let pip choose the wheels; gives what it complained of and the names of the files."""
    wanted, report = folder / "wanted.txt", folder / "report.json"
    wanted.write_text("\n".join(lines), "utf-8")
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--no-deps", "--ignore-installed", "--require-hashes"]
    options = ["--only-binary", ":all:", "--implementation", "cp", "--python-version", PYTHON, *(f"--platform={tag}" for tag in tags)]
    places = ["--target", str(folder / "nowhere"), "--report", str(report), "-r", str(wanted)]
    done = subprocess.run([*command, *options, *places], env={**os.environ, "PYTHONPATH": str(pip)}, capture_output=True, text=True)
    if done.returncode:
        return "\n".join(line for line in done.stderr.splitlines() if line.startswith("ERROR")), []
    chosen = json.loads(report.read_text("utf-8"))["install"]
    return "", [one["download_info"]["url"].rpartition("/")[2] for one in chosen]


@pytest.mark.parametrize("system", SYSTEMS)
def test_everything_has_a_wheel_but_what_is_known_to_have_none(system, new_pip, tmp_path):
    environment, tags = SYSTEMS[system]
    lines = _locked(environment)
    missing = MISSING.get(system, set())
    complaint, files = _dry_run([line for name, line in lines.items() if name not in missing], tags, pip=new_pip, folder=tmp_path)
    assert complaint == ""
    assert len(files) == len(lines) - len(missing)
    if "macOS" in system and not missing:  # where something is missing, no program is made
        _newest_macos_is_the_one_that_is_asked_for(files)


@pytest.mark.parametrize(("system", "name"), [(system, name) for system, names in MISSING.items() for name in sorted(names)])
def test_what_has_no_wheel_still_has_none(system, name, new_pip, tmp_path):
    """When this fails, there is good news: take the name out of MISSING."""
    environment, tags = SYSTEMS[system]
    complaint, _ = _dry_run([_locked(environment)[name]], tags, pip=new_pip, folder=tmp_path)
    assert f"No matching distribution found for {name}==" in complaint


def _newest_macos_is_the_one_that_is_asked_for(files: list[str]) -> None:
    """The program says that it needs the macOS that the most demanding wheel needs."""
    found = re.findall(r"macosx_(\d+)_(\d+)_", " ".join(files))
    newest = max((int(major), int(minor)) for major, minor in found)
    said = plistlib.loads((ROOT / "installer" / "macos" / "Info.plist").read_bytes())["LSMinimumSystemVersion"]
    assert tuple(int(part) for part in said.split(".")) == newest
