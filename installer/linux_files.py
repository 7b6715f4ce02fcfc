"""What lies beside the program on Linux: menu entry, icons, type of file, description for software centres, manual, licences."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

from installer import licences
from installer.bundle import LICENCES
from installer.release import ROOT, Release

_OWN = ROOT / "installer" / "linux"
_ICONS = ROOT / "resources" / "icons"


def share(folder: Path, *, bundle: Path, release: Release) -> None:
    """Write everything that belongs in a ``share`` folder."""
    _put(folder / "applications" / "gedigen.desktop", (_OWN / "gedigen.desktop").read_text("utf-8"))
    _put(folder / "mime" / "packages" / "gedigen.xml", (_OWN / "gedigen.xml").read_text("utf-8"))
    _put(folder / "metainfo" / "org.gedigen.Gedigen.metainfo.xml", release.fill((_OWN / "metainfo.xml").read_text("utf-8")))
    _put(folder / "man" / "man1" / "gedigen.1.gz", zipped(release.fill((_OWN / "gedigen.1").read_text("utf-8"))))
    for picture in sorted(_ICONS.glob("gedigen-*.png")):
        size = picture.stem.rpartition("-")[2]
        _put(folder / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "gedigen.png", picture.read_bytes())
    _put(folder / "icons" / "hicolor" / "scalable" / "apps" / "gedigen.svg", (_ICONS / "gedigen.svg").read_bytes())
    papers = folder / "doc" / "gedigen"
    _put(papers / "copyright", licences.collect(bundle, papers / "licences"))
    _put(papers / "changelog.gz", zipped((ROOT / "CHANGELOG.md").read_text("utf-8")))


def zipped(text: str) -> bytes:
    """Pack a text as manuals and changelogs are packed; the same text gives the same bytes."""
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)


def copy_bundle(bundle: Path, folder: Path) -> None:
    """Copy the program without its licences, which have a place of their own here; only what is started may be executed."""
    shutil.copytree(bundle, folder, symlinks=True, ignore=lambda where, _: {LICENCES} if Path(where) == bundle else set())
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            file.chmod(0o755 if file == folder / "gedigen" else 0o644)


def settle(folder: Path, release: Release) -> None:
    """Give every file and folder the moment of the release, and folders the usual rights."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
        os.utime(path, (release.moment, release.moment), follow_symlinks=False)


def _put(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    file.chmod(0o644)
