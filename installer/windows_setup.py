"""The setup program for Windows, made from the bundle by NSIS."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from installer import icons
from installer.release import ROOT, Release


class NotPossible(Exception):
    """The setup program cannot be made here; the sentence says why."""


def build(bundle: Path, folder: Path, release: Release) -> Path:
    """Make the setup program in a folder and give its path; any warning of NSIS stops it. Raises ``NotPossible``."""
    makensis = shutil.which("makensis") or shutil.which("makensis", path=os.environ.get("PROGRAMFILES(X86)", "") + r"\NSIS")
    if makensis is None:
        raise NotPossible("A setup program for Windows needs NSIS, version 3.08 or later, with makensis on the PATH.")
    made = folder / f"gedigen-{release.version}-setup.exe"
    with tempfile.TemporaryDirectory(prefix="gedigen-setup-") as scratch:
        icon = Path(scratch) / "gedigen.ico"
        icons.ico(icon)
        said = {"VERSION": release.version, "BUNDLE": bundle, "ICON": icon, "LICENCE": ROOT / "LICENSE", "OUT": made}
        # A relative script and given paths, for makensis goes to the folder of its script.
        command = [makensis, "-WX", "-V2", "-INPUTCHARSET", "UTF8", *(f"-D{name}={value}" for name, value in said.items()), "gedigen.nsi"]
        moment = {**os.environ, "SOURCE_DATE_EPOCH": str(release.moment)}
        done = subprocess.run(command, cwd=ROOT / "installer" / "windows", env=moment, capture_output=True, text=True)
        if done.returncode:
            raise NotPossible(f"makensis did not succeed:\n{done.stdout}{done.stderr}")
    return made
