"""The Debian package, made from the bundle by dpkg-deb alone: no network, and the same bundle gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from installer import linux_files
from installer.linux_files import zipped
from installer.release import MAINTAINER, ROOT, Release

#: What libraries of the bundle read: fonts, the keyboard's layouts, and what dead keys give. Not found by looking at the libraries.
_READ = ("fontconfig-config", "libx11-data", "xkb-data")

_CONTROL = """\
Package: gedigen
Version: {version}
Section: misc
Priority: optional
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: gnome-keyring | kwalletmanager, fonts-noto-core | fonts-dejavu-core
Description: Assess partners and projects before working together
 Gedigen helps caseworkers at aid and civil-society organisations decide whom
 to work with. It takes a new or renewed partner, and its project, through a
 structured assessment; a second person reviews; and the board gets a signed
 report that anyone can verify.
 .
 Everything is kept encrypted on this computer. Gedigen uses no network.
"""


class NotPossible(Exception):
    """The package cannot be made here; the sentence says why."""


def build(bundle: Path, folder: Path, release: Release) -> Path:
    """Make the package in a folder and give its path. Raises ``NotPossible``."""
    for tool in ("dpkg-deb", "dpkg-query", "readelf"):
        if not shutil.which(tool):
            raise NotPossible(f"A Debian package needs {tool}. On Debian and Ubuntu: apt-get install dpkg binutils")
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()
    package = folder / f"gedigen_{release.version}-1_{architecture}.deb"
    with tempfile.TemporaryDirectory(prefix="gedigen-deb-") as scratch:
        tree = Path(scratch) / "tree"
        _fill(tree, bundle, release)
        control = _CONTROL.format(
            version=f"{release.version}-1",
            architecture=architecture,
            maintainer=MAINTAINER,
            size=_kibibytes(tree),
            depends=", ".join(depends(bundle)),
        )
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN" / "control").write_text(control, "utf-8")
        (tree / "DEBIAN" / "md5sums").write_text(_sums(tree), "utf-8")
        linux_files.settle(tree, release)
        # One thread, for several cut the content in pieces, which makes it bigger.
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--threads-max=1", "--build", str(tree), str(package)]
        done = subprocess.run(command, env={**os.environ, "SOURCE_DATE_EPOCH": str(release.moment)}, capture_output=True, text=True)
        if done.returncode:
            raise NotPossible(f"dpkg-deb did not succeed:\n{done.stdout}{done.stderr}")
    return package


def depends(bundle: Path) -> list[str]:
    """Name the packages that hold what the bundle asks for and does not bring, as Depends lists them. Raises ``NotPossible``."""
    asked_for, brought = _asked_for(bundle), {file.name for file in bundle.rglob("*")}
    named = {_package_of(library) for library in asked_for - brought}
    newest = max((int(number) for number in _glibc_steps(bundle)), default=0)
    wanted = {name: f"{name} (>= 2.{newest})" if name == "libc6" else name for name in (*named, *_READ)}
    return [wanted[name] for name in sorted(wanted)]


def _fill(tree: Path, bundle: Path, release: Release) -> None:
    program = tree / "usr" / "lib" / "gedigen"
    program.parent.mkdir(parents=True)
    linux_files.copy_bundle(bundle, program)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / "gedigen").symlink_to("../lib/gedigen/gedigen")
    linux_files.share(tree / "usr" / "share", bundle=bundle, release=release)
    changes = f"gedigen ({release.version}-1) unstable; urgency=medium\n\n  * Release {release.version}; changelog.gz says what is new.\n\n"
    papers = tree / "usr" / "share" / "doc" / "gedigen"
    (papers / "changelog.Debian.gz").write_bytes(zipped(f"{changes} -- {MAINTAINER}  {release.mail_date}\n"))
    overrides = tree / "usr" / "share" / "lintian" / "overrides" / "gedigen"
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "installer" / "linux" / "lintian-overrides", overrides)


def _kibibytes(tree: Path) -> int:
    return sum(-(-path.lstat().st_size // 1024) if path.is_file() else 1 for path in tree.rglob("*"))


def _sums(tree: Path) -> str:
    files = sorted(path for path in (tree / "usr").rglob("*") if path.is_file() and not path.is_symlink())
    return "".join(f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree)}\n" for file in files)


def _programs(bundle: Path) -> list[Path]:
    """List the bundle's programs and libraries, once each."""
    files = sorted(path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())
    found = []
    for file in files:
        with file.open("rb") as content:
            if content.read(4) == b"\x7fELF":
                found.append(file)
    return found


def _asked_for(bundle: Path) -> set[str]:
    programs = [str(file) for file in _programs(bundle)]
    said = subprocess.run(["readelf", "-dW", *programs], capture_output=True, text=True, check=True).stdout if programs else ""
    return set(re.findall(r"\(NEEDED\).*\[(.+?)\]", said))


def _glibc_steps(bundle: Path) -> set[str]:
    return {step.decode() for file in _programs(bundle) for step in re.findall(rb"\0GLIBC_2\.(\d+)\0", file.read_bytes())}


def _package_of(library: str) -> str:
    """Name the package of this system that holds a library."""
    found = subprocess.run(["dpkg-query", "-S", f"*/{library}"], capture_output=True, text=True).stdout
    own = re.findall(r"(?m)^([a-z0-9][^:,\s]+)(?::\S+)?: /(?:usr/)?lib/[^/]*/?" + re.escape(library) + "$", found)
    if not own:
        raise NotPossible(f"The bundle asks for {library}, which no installed package holds. Make the package where the bundle was made.")
    return str(sorted(own)[0])
