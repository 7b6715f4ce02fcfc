"""The setup program for Windows, made from the bundle by NSIS."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from installer import icons
from installer.release import ROOT, Release, this_release

#: What Windows shows under a program's properties, as PyInstaller reads it. 040904B0 and 1033, 1200 say English in Unicode.
_PROPERTIES = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers=({numbers}), prodvers=({numbers}), mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([
      StringTable('040904B0', [
        StringStruct('CompanyName', 'The Gedigen authors'),
        StringStruct('FileDescription', 'Gedigen'),
        StringStruct('FileVersion', '{version}'),
        StringStruct('InternalName', 'gedigen'),
        StringStruct('LegalCopyright', 'The Gedigen authors, MIT licence'),
        StringStruct('OriginalFilename', 'gedigen.exe'),
        StringStruct('ProductName', 'Gedigen'),
        StringStruct('ProductVersion', '{version}'),
      ]),
    ]),
    VarFileInfo([VarStruct('Translation', [1033, 1200])]),
  ],
)
"""


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


def version_file(folder: Path) -> str:
    """Write the program's properties into a folder and give the file."""
    version = this_release().version
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "version.txt"
    file.write_text(_PROPERTIES.format(version=version, numbers=", ".join([*version.split("."), "0"])), "utf-8")
    return str(file)
