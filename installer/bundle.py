"""Make the bundle: ``python3 dev.py bundle [FOLDER]``, by default build/bundle/gedigen.

A folder with one program, ``gedigen``, that is both the window and the command line and needs no Python. What no room uses is left out:
modules by name, Qt's plugins by a list of those that are wanted, and then every library that nothing left in the bundle asks for.
"""

from __future__ import annotations

import lzma
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from installer import icu, licences

ROOT = Path(__file__).resolve().parents[1]
USUAL = ROOT / "build" / "bundle" / "gedigen"
LICENCES = "licences"  #: the folder beside the program that holds the texts of all licences, and the list of them
ROOMS = ("forms", "models", "desktop", "resources")

#: One file of the bundle as PyInstaller lists it: where in the bundle, from where, of what kind.
Part = tuple[str, str, str]

#: Never asked for, or asked for only to try whether it is there. ``readline`` and ``_gdbm`` would bring GPL libraries with them.
UNUSED_MODULES = [
    *("readline", "_gdbm", "_dbm", "dbm", "curses", "_curses", "tkinter", "_tkinter", "nis", "ossaudiodev"),
    *("setuptools", "pkg_resources", "_distutils_hack", "distutils", "pip", "wheel", "lib2to3", "ensurepip", "idlelib", "venv"),
    *("pydoc", "pydoc_data", "doctest", "unittest", "test", "pytest", "_pytest", "hypothesis", "mypy", "numpy", "matplotlib", "IPython"),
    *("xmlrpc", "smtplib", "ftplib", "multiprocessing", "cffi", "pycparser", "charset_normalizer"),
    *("aiohttp", "aiosignal", "aiohappyeyeballs", "frozenlist", "multidict", "propcache", "yarl"),  # see without_unused.py
    *("_codecs_cn", "_codecs_hk", "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw", "_multibytecodec"),
    "PIL",  # see without_unused.py
    *("lxml.html", "lxml.objectify", "lxml.isoschematron", "lxml.sax", "lxml.cssselect", "lxml.doctestcompare"),
    *("reportlab.graphics", "fontTools.ttx", "playhouse.sqlite_udf", "playhouse.postgres_ext", "playhouse.mysql_ext"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtPrintSupport", "PySide6.QtSql", "PySide6.QtTest"),
    *("PySide6.QtNetwork", "PySide6.QtDBus"),
]

#: What only README shows, and a letter form that no page is set in.
UNUSED_RESOURCES = ("help/pictures", "fonts/NotoSans-Italic.ttf")

#: The typefaces of reports are only read, by ``resources.read``, which unpacks them; the window's own must be files.
PACKED = re.compile(r"fonts/(Noto|Droid).*\.ttf")

#: Per folder of plugins the ones that are wanted; a folder that is not named here is left out whole. For Windows and macOS too.
PLUGINS = {
    "platforms": r"q(xcb|wayland|offscreen|windows|cocoa)",
    "platformthemes": r"qxdgdesktopportal",
    "platforminputcontexts": r"(compose|ibus)platforminputcontextplugin",
    "imageformats": r"q(svg|ico)",
    "iconengines": r"qsvgicon",
    "styles": r"q.*",
    "wayland-shell-integration": r"xdg-shell",
    "wayland-decoration-client": r"(adwaita|bradient)",
}
_PLUGIN = re.compile(r"/plugins/([^/]+)/(?:lib)?([^/]+?)(?:\.abi3)?\.(?:so|dll|dylib)$")

#: Libraries that every Linux with a desktop has and that must fit the rest of it: graphics, the screen, fonts, the session bus. A C++
#: library older than the graphics drivers, or a reader of the fonts' settings older than these, would keep the program from starting.
#: installer/linux names the packages; what only these ask for stays outside with them.
OF_THE_SYSTEM = re.compile(
    r"^lib(stdc\+\+|gcc_s|GL|EGL|GLX|GLdispatch|X11|X11-xcb|xcb|Xau|Xdmcp|wayland-[a-z]+"
    r"|fontconfig|freetype|expat|z|dbus-1|glib-2\.0|gthread-2\.0)\.so"
)

#: reportlab's own typefaces are partly GPL, and none is used: the report has ours.
_LEFT_OUT = re.compile(r"^reportlab/fonts/|^(setuptools|wheel)-[^/]+/|/tests?/|\.pyi$|\.h$|\.pxd$|\.pyx$")


def main(arguments: list[str]) -> int:
    """Make the bundle in the folder that is named, instead of what was there, and say how big it is."""
    if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 64
    folder = Path(arguments[0]).absolute() if arguments else USUAL
    if folder.exists() and not (folder / "_internal").is_dir() and any(folder.iterdir()):
        print(f"{folder} is not empty and no bundle. Nothing was changed. Name another folder.", file=sys.stderr)
        return 1
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=folder.parent) as scratch:
        made = _make(Path(scratch))
        if made is None:
            return 1
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if not file.is_symlink())
    print(f"{folder}: {size / 1_000_000:.0f} MB")
    return 0


def _make(scratch: Path) -> Path | None:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(scratch / "made"), "--workpath", str(scratch / "work")]
    done = subprocess.run([*command, *places, str(ROOT / "installer" / "gedigen.spec")], cwd=scratch)
    if done.returncode:
        return None
    made = scratch / "made" / "gedigen"
    (made / LICENCES / "copyright").write_text(licences.collect(made, made / LICENCES), "utf-8")
    return made


def own_modules() -> list[str]:
    """Name every module of the program: rooms are imported by name, which no analysis sees."""
    files = [file.relative_to(ROOT).with_suffix("") for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    return [".".join(file.parts).removesuffix(".__init__") for file in files if file.name != "__main__"]


def resource_files(scratch: Path) -> list[tuple[str, str]]:
    """List the program's resources and the folder of the bundle that each belongs in, which is the one that it has in the source.

    Those of ``PACKED`` are packed into ``scratch`` first.
    """
    files = [file for file in sorted((ROOT / "resources").rglob("*")) if file.is_file() and file.suffix not in (".py", ".pyc")]
    unused = tuple(ROOT / "resources" / name for name in UNUSED_RESOURCES)
    wanted = [file for file in files if not any(map(file.is_relative_to, unused))]
    return [(str(_packed(file, scratch)), str(file.relative_to(ROOT).parent)) for file in wanted]


def _packed(file: Path, scratch: Path) -> Path:
    if not PACKED.fullmatch(str(file.relative_to(ROOT / "resources"))):
        return file
    scratch.mkdir(parents=True, exist_ok=True)
    packed = scratch / f"{file.name}.xz"
    packed.write_bytes(lzma.compress(file.read_bytes(), preset=9))
    return packed


def trimmed(binaries: Iterable[Part], datas: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """Leave out what no room uses: files by name, then libraries that nothing asks for, then links to what is no longer there."""
    binaries = [part for part in binaries if _is_wanted(part)]
    libraries = {Path(part[0]).name: part for part in binaries if _is_library(part)}
    asked_for, pending = set[str](), [part for part in binaries if not _is_library(part) and part[2] != "SYMLINK"]
    while pending:
        for name in _asks_for(Path(pending.pop()[1])) & libraries.keys() - asked_for:
            asked_for.add(name)
            pending.append(libraries[name])
    binaries = [part for part in binaries if not _is_library(part) or Path(part[0]).name in asked_for]
    datas = [part for part in datas if _is_wanted(part)]
    kept = {part[0] for part in (*binaries, *datas) if part[2] != "SYMLINK"}
    return _without_dangling(binaries, kept), _without_dangling(datas, kept)


def with_less_unicode(binaries: Iterable[Part], scratch: Path) -> list[Part]:
    """Put the Unicode library with the data of our languages in the place of the one with all; only Qt for Linux has one."""
    scratch.mkdir(parents=True, exist_ok=True)
    return [
        (part[0], str(icu.make_smaller(Path(part[1]), languages=_locales(), scratch=scratch)), part[2])
        if Path(part[0]).name.startswith("libicudata.so.") and part[2] != "SYMLINK"
        else part
        for part in binaries
    ]


def _is_wanted(part: Part) -> bool:
    name = part[0].replace("\\", "/")
    if plugin := _PLUGIN.search(f"/{name}"):
        return bool(re.fullmatch(PLUGINS.get(plugin[1], ""), plugin[2]))
    if "/translations/" in name and name.endswith(".qm"):
        return Path(name).stem in _qt_translations()
    if name.startswith("babel/locale-data/"):
        return Path(name).stem.split("_")[0] in _locales()
    return not OF_THE_SYSTEM.match(Path(name).name) and not _LEFT_OUT.search(name)


def _is_library(part: Part) -> bool:
    """Tell whether a part is there only because others ask for it: neither a module of Python nor a plugin of Qt."""
    return part[2] == "BINARY" and not _PLUGIN.search(f"/{part[0]}") and not Path(part[0]).name.startswith(("libpython", "python3"))


def _asks_for(file: Path) -> set[str]:
    """Name the libraries that a library or module asks for itself."""
    if sys.platform == "linux":
        told = subprocess.run(["readelf", "--dynamic", "--wide", file], capture_output=True, text=True, check=True).stdout
        return set(re.findall(r"\(NEEDED\).*\[(.+)\]", told))
    from PyInstaller.depend import bindepend

    return {Path(name).name for name, _ in bindepend.get_imports(str(file))}


def _without_dangling(parts: list[Part], kept: set[str]) -> list[Part]:
    return [part for part in parts if part[2] != "SYMLINK" or str(Path(part[0]).parent / part[1]) in kept]


def _qt_translations() -> set[str]:
    from desktop.language import LANGUAGES

    return {f"qtbase_{code}" for code in LANGUAGES}


def _locales() -> set[str]:
    """Name the first part of each locale that the program's languages take their habits from, parents such as "no" for "nb" included."""
    from babel.core import get_global

    from desktop.language import LANGUAGES

    parents = get_global("parent_exceptions")
    return {"root", *LANGUAGES, *(parents[code].split("_")[0] for code in LANGUAGES if code in parents)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
