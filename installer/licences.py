"""The licences of everything in the bundle, taken from what it was made of: Python, its libraries, and the system's libraries."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from installer.release import ROOT

_TEXTS = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)")

_HEAD = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Gedigen
Upstream-Contact: the Gedigen authors
Comment: This holds Gedigen with Python, Qt and every library that it uses, each as its makers released it. Their licences are named
 below, and their texts lie in the folder "licences". Qt and PySide6 are used under the LGPL, version 3. They are separate libraries in the
 program's folder, in _internal/PySide6 and _internal/shiboken6 (Qt's own in _internal/PySide6/Qt/lib), and can be replaced by others of
 the same version. One of them is not as it was released: of the Unicode library's data (libicudata) only the program's languages are kept.

Files: *
Copyright: 2026 the Gedigen authors
License: Expat

Files: */PySide6/* */shiboken6/*
Copyright: The Qt Company Ltd. and other contributors
License: LGPL-3
 On Debian systems the whole text is in /usr/share/common-licenses/LGPL-3.

Files: */gedigen
Copyright: PyInstaller Development Team and others
License: GPL-2+ with PyInstaller exception
 Only what starts the program is theirs. They allow to link it to any program, and to pass that on under whatever licence.

Files: */resources/fonts/*
Copyright: 2016 The Inter Project Authors
 2022 The Noto Project Authors
 2015-2020 Google LLC
License: OFL-1.1
 The texts are beside the fonts: OFL-Inter.txt and OFL-NotoSans.txt.

Files: */resources/fonts/DroidSansFallbackFull.ttf
Copyright: 2006-2010 Google Corporation
License: Apache-2.0
 The text is beside the font: LICENSE-DroidSansFallback.txt.

Files: */resources/icons/*
Copyright: Lucide Contributors; Cole Bemis
License: ISC
 The text is beside the icons: LICENSE-lucide.txt.
"""


def collect(bundle: Path, folder: Path) -> str:
    """Put the texts of all licences into a folder; gives the machine-readable copyright file that names them."""
    lines = []
    for distribution in _distributions():
        name, version = distribution.metadata["Name"], distribution.version
        texts = [file for file in distribution.files or () if ".dist-info" in str(file.parent) and _TEXTS.search(file.name)]
        for text in texts:
            _copy(Path(str(distribution.locate_file(text))), folder / name)
        lines.append(f"{name} {version}: {_licence(distribution)}")
    _copy_bootloader_s(folder / "PyInstaller")
    _copy(Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", folder / "Python")
    _copy(Path("/usr/share/common-licenses/LGPL-3"), folder / "Qt")
    _copy(Path("/usr/share/common-licenses/GPL-3"), folder / "Qt")
    for package in _packages(bundle):
        _copy(Path("/usr/share/doc") / package.partition(":")[0] / "copyright", folder / "system" / package.partition(":")[0])
    expat = "\n".join(f" {line or '.'}" for line in (ROOT / "LICENSE").read_text("utf-8").partition("\n\n")[2].strip().splitlines())
    listed = "\n".join(f" {line}" for line in ("Python libraries in the bundle:", *lines))
    return f"{_HEAD}\nLicense: Expat\n{expat}\nComment: {listed.strip()}\n"


def _distributions() -> list[metadata.Distribution]:
    """List what the program depends on, and what that depends on, here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pending, found = [Requirement(line) for line in project["dependencies"]], {}
    while pending:
        wanted = pending.pop()
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        distribution = metadata.distribution(wanted.name)
        if distribution.metadata["Name"] not in found:
            found[distribution.metadata["Name"]] = distribution
            pending += [Requirement(line) for line in distribution.requires or ()]
    return [found[name] for name in sorted(found, key=str.lower)]


def _copy_bootloader_s(folder: Path) -> None:
    try:
        distribution = metadata.distribution("pyinstaller")
    except metadata.PackageNotFoundError:  # a bundle that was made elsewhere has the text in its own folder
        return
    for file in distribution.files or ():
        if file.name == "COPYING.txt":
            _copy(Path(str(distribution.locate_file(file))), folder)


def _licence(distribution: metadata.Distribution) -> str:
    fields = distribution.metadata.json
    said = str(fields.get("license_expression") or fields.get("license") or "")
    if said and "\n" not in said and len(said) < 60:
        return said
    classes = [str(one).rpartition(" :: ")[2] for one in fields.get("classifier", ()) if str(one).startswith("License ::")]
    return ", ".join(classes) or "see its text"


def _packages(bundle: Path) -> list[str]:
    """Name the Debian packages that libraries of the bundle were taken from."""
    names = sorted({file.name for file in bundle.glob("_internal/lib*.so*") if not file.is_symlink()})
    if not names or not shutil.which("dpkg-query"):
        return []
    found = subprocess.run(["dpkg-query", "-S", *(f"*/{name}" for name in names)], capture_output=True, text=True).stdout
    return sorted(set(re.findall(r"(?m)^([a-z0-9.+-]+(?::[a-z0-9]+)?): ", found)))


def _copy(file: Path, folder: Path) -> None:
    if file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / file.name)
