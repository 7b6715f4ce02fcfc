"""Make what a caseworker installs: ``python3 dev.py package [--bundle FOLDER] [FOLDER]``, by default in build/packages.

On Linux that is a Debian package and an archive to unpack anywhere; on Windows a setup program; on macOS a disk image. The bundle is made
first, unless one is named.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from installer import bundle, debian_package, linux_files, windows_setup
from installer.release import ROOT, Release, this_release

USUAL = ROOT / "build" / "packages"


def main(arguments: list[str]) -> int:
    """Make the packages of this system and print where they are and how big."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bundle", type=Path, metavar="FOLDER", help="the bundle to pack (default: a new one, as dev.py bundle makes it)")
    parser.add_argument("folder", type=Path, nargs="?", default=USUAL, metavar="FOLDER", help="where to put the packages")
    chosen = parser.parse_args(arguments)
    if sys.platform == "darwin":
        return subprocess.run([ROOT / "installer" / "macos" / "build.sh", chosen.folder.absolute()]).returncode
    packed = chosen.bundle or bundle.USUAL
    if chosen.bundle is None and (failed := bundle.main([])):
        return failed
    if not (packed / "_internal").is_dir():
        print(f"{packed} is not a bundle. Make one with: python3 dev.py bundle", file=sys.stderr)
        return 1
    folder = chosen.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        made = packages(packed.absolute(), folder, this_release())
    except (debian_package.NotPossible, windows_setup.NotPossible) as error:
        print(error, file=sys.stderr)
        return 1
    for package in made:
        print(f"{package}: {package.stat().st_size / 1_000_000:.1f} MB")
    return 0


def packages(packed: Path, folder: Path, release: Release) -> list[Path]:
    """Make this system's packages from a bundle."""
    if sys.platform == "win32":
        return [windows_setup.build(packed, folder, release)]
    return [debian_package.build(packed, folder, release), archive(packed, folder, release)]


def archive(packed: Path, folder: Path, release: Release) -> Path:
    """Make the archive that is unpacked anywhere on Linux. The same bundle gives the same bytes."""
    name = f"gedigen-{release.version}-linux-{os.uname().machine}"
    made = folder / f"{name}.tar.xz"
    with tempfile.TemporaryDirectory(prefix="gedigen-archive-") as scratch:
        tree = Path(scratch) / name
        linux_files.copy_bundle(packed, tree)
        linux_files.share(tree / "share", bundle=packed, release=release)
        shutil.copyfile(ROOT / "installer" / "linux" / "README.txt", tree / "README.txt")
        linux_files.settle(tree, release)
        plain = Path(scratch) / f"{name}.tar"
        with tarfile.open(plain, "w", format=tarfile.GNU_FORMAT) as content:
            for path in (tree, *sorted(tree.rglob("*"))):
                content.add(path, str(path.relative_to(scratch)), recursive=False, filter=_nobody_s)
        with made.open("wb") as out:
            subprocess.run(["xz", "-9", "--threads=1", "--stdout", str(plain)], stdout=out, check=True)
    return made


def _nobody_s(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
