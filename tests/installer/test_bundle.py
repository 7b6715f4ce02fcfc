"""The bundle holds everything and nothing else, and works where there is no Python."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from desktop.language import LANGUAGES
from desktop.shell.rooms import ROOMS
from installer import bundle, icu

ROOT = Path(__file__).resolve().parents[2]

#: Libraries of the system that the bundle brings, with the licence of the library (not of the tools that come from the same source).
SYSTEM_LIBRARIES = {
    "brotli": "MIT",
    "bz2": "bzip2-1.0.6",
    "com_err": "MIT",
    "crypto": "Apache-2.0",
    "ffi": "MIT",
    "gssapi_krb5": "MIT",
    "k5crypto": "MIT",
    "keyutils": "LGPL-2.1-or-later",
    "krb5": "MIT",
    "lzma": "public domain",
    "python": "PSF-2.0",
    "sqlite3": "public domain",
    "ssl": "Apache-2.0",
    "uuid": "BSD-3-Clause",
    "xcb": "MIT",
    "xkbcommon": "MIT",
    "zstd": "BSD-3-Clause",
}
MOST_BYTES = 150_000_000
#: A keyring that is open, on a bus of its own; then a program that knows of nothing but that bus.
WITH_KEYRING = """
printf %s throw-away | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1
exec env -i DBUS_SESSION_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" "$@"
"""
#: What sorts words as Qt does, with whichever Unicode data it was started with.
SORT = """
import functools, json, sys
from PySide6.QtCore import QCollator, QLocale
words, languages = json.load(sys.stdin)
key = {code: functools.cmp_to_key(QCollator(QLocale(code)).compare) for code in languages}
print(json.dumps({code: sorted(words, key=key[code]) for code in languages}))
print("/smaller/" in open("/proc/self/maps").read())
"""


def _run(program: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the bundle with no variable set at all: no PATH, no home, no locale."""
    return subprocess.run([program / "gedigen", *arguments], env={}, cwd="/", capture_output=True, encoding="utf-8")


def _parts(folder: Path) -> set[str]:
    """Name every Python module in a bundle, and every file beside them."""
    modules = set(CArchiveReader(str(folder / "gedigen")).open_embedded_archive("PYZ.pyz").toc)
    return modules | {str(file.relative_to(folder / "_internal")) for file in (folder / "_internal").rglob("*")}


def _copy(folder: Path, place: Path) -> Path:
    """Copy a bundle by links, which takes no room; what is removed from the copy stays in the original."""
    return Path(shutil.copytree(folder, place / "copy", symlinks=True, copy_function=os.link))


def test_it_tests_itself_with_a_real_keyring_where_nothing_is_set_and_no_python_is_found(made_bundle, tmp_path):
    for name in ("run", ".local/share/keyrings"):
        (tmp_path / name).mkdir(mode=0o700, parents=True)
    own = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run"), "XDG_DATA_HOME": str(tmp_path / ".local/share")}
    told = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", WITH_KEYRING, "sh", made_bundle / "gedigen", "self-test", "--keyring"],
        env={"PATH": os.environ["PATH"], **own},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"--      program: {made_bundle / 'gedigen'}, bundle, Python " in told.stdout
    assert "ok      keyring: SecretService, one secret put in and taken out" in told.stdout
    assert "verified by a child process of this program" in told.stdout
    assert [room for room in ROOMS for code in LANGUAGES if f"ok      room {room} ({code})" not in told.stdout] == []


@pytest.mark.parametrize(
    ("part", "check"),
    [
        ("resources/templates/*.yaml", "templates"),
        ("resources/fonts/NotoSans-Regular.ttf.xz", "fonts of the report"),
        ("resources/fonts/Inter-*.ttf", "window"),
    ],
)
def test_without_a_part_it_fails_its_own_test_and_says_which(made_bundle, tmp_path, part, check):
    broken = _copy(made_bundle, tmp_path)
    removed = [file.unlink() for file in (broken / "_internal").glob(part)]
    assert removed
    told = _run(broken, "self-test")
    assert told.returncode == 1, told.stdout + told.stderr
    assert f"\nFAILED  {check}: " in told.stdout
    assert "--      keyring: not tried: there is none here" in told.stdout


def test_it_is_the_command_line_too(made_bundle, tmp_path):
    assert "self-test" in _run(made_bundle, "--help").stdout
    assert _run(made_bundle, "verify", tmp_path / "none.pdf").returncode == 66
    checked = _run(made_bundle, "template", "check", made_bundle / "_internal/resources/templates/partner-project.yaml")
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.startswith("partner-project ")


def test_it_is_no_bigger_than_it_may_be(made_bundle):
    files = [file for file in made_bundle.rglob("*") if file.is_file() and not file.is_symlink()]
    assert sum(file.stat().st_size for file in files) <= MOST_BYTES


def test_no_reader_of_pictures_and_no_http_client_is_inside(made_bundle):
    assert [part for part in _parts(made_bundle) if re.match(r"(PIL|pillow\.libs|aiohttp)\b", part)] == []


def test_every_resource_is_inside_and_no_link_leads_nowhere(made_bundle, tmp_path):
    files = bundle.resource_files(tmp_path)
    missing = [place for file, place in files if not (made_bundle / "_internal" / place / Path(file).name).is_file()]
    assert missing == []
    assert len(files) > 60
    assert [str(link) for link in made_bundle.rglob("*") if link.is_symlink() and not link.exists()] == []


def test_what_reads_cards_and_what_trusts_the_web_is_inside(made_bundle):
    assert list((made_bundle / "_internal" / "pkcs11").glob("_pkcs11*"))
    assert (made_bundle / "_internal" / "certifi" / "cacert.pem").is_file()


def test_nothing_inside_binds_the_whole_by_its_licence(made_bundle):
    parts = _parts(made_bundle)
    assert {"desktop.cli", "reportlab.platypus.tables", "PySide6/QtWidgets.abi3.so"} <= parts, "otherwise nothing would be found"
    gpl = r"reportlab[/.]fonts|readline|_gdbm|gtk|QtCharts|QtGraphs|Qt6Charts|Qt6Graphs|Qt6VirtualKeyboard|pycountry"
    assert [part for part in parts if re.search(gpl, part)] == []
    libraries = [file.name for file in (made_bundle / "_internal").glob("lib*.so*") if not file.is_symlink()]
    assert len(libraries) > 20
    known = re.compile(rf"^lib({'|'.join(SYSTEM_LIBRARIES)})[\w.-]*\.so")
    assert [name for name in libraries if not known.match(name)] == [], "name its licence here before it is passed on"


def test_the_licence_of_everything_inside_is_beside_it(made_bundle):
    said = (made_bundle / "licences" / "copyright").read_text("utf-8")
    texts = {folder.name for folder in (made_bundle / "licences").iterdir() if folder.is_dir() and any(folder.iterdir())}
    outer = {re.split(r"[/.]", part)[0] for part in _parts(made_bundle)} - sys.stdlib_module_names - set(bundle.ROOMS)
    owners = {owner for name, owners in metadata.packages_distributions().items() if name in outer for owner in owners}
    owners -= {"PySide6_Essentials", "PySide6_Addons", "shiboken6"}
    assert len(owners) > 20
    assert sorted(owners - texts) == []
    assert [owner for owner in owners if f"\n {owner} " not in said] == []
    assert {"Python", "PyInstaller", "Qt", "system"} <= texts
    assert "_internal/PySide6/Qt/lib" in said
    assert "LESSER GENERAL PUBLIC LICENSE" in (made_bundle / "licences/Qt/LGPL-3").read_text("utf-8")
    libraries = [file for file in (made_bundle / "_internal").glob("libx*.so*") if not file.is_symlink()]
    assert len(list((made_bundle / "licences/system").glob("libx*/copyright"))) >= len(libraries) - 2


def test_words_are_sorted_as_with_all_unicode_data(made_bundle, tmp_path):
    (tmp_path / "smaller").mkdir()
    smaller = next(file for file in (made_bundle / "_internal/PySide6/Qt/lib").glob("libicudata.so.*"))
    assert smaller.stat().st_size < 5_000_000
    shutil.copy(smaller, tmp_path / "smaller")
    words = [
        "Öland",
        "Ås",
        "Ärla",
        "Zagreb",
        "ærlig",
        "Øre",
        "école",
        "eclair",
        "Écosse",
        "cote",
        "côté",
        "coté",
        "a",
        "B",
        "w",
        "v",
        "ß",
        "ss",
    ]
    asked = json.dumps([words, LANGUAGES])
    sorted_by = []
    for variables in ({}, {"LD_PRELOAD": str(tmp_path / "smaller" / smaller.name)}):
        told = subprocess.run([sys.executable, "-c", SORT], env={**os.environ, **variables}, input=asked, capture_output=True, text=True)
        assert told.returncode == 0, told.stderr
        sorted_by.append(told.stdout.splitlines())
    assert sorted_by[0][0] == sorted_by[1][0]
    assert [lines[1] for lines in sorted_by] == ["False", "True"]
    assert len({tuple(words) for words in json.loads(sorted_by[0][0]).values()}) > 1, "the languages sort alike: this shows nothing"


def test_of_the_unicode_data_what_is_for_every_language_stays():
    assert icu.is_kept("icudt73l/coll/ucadata.icu", ["sv"])
    assert icu.is_kept("icudt73l/res_index.res", ["sv"])
    assert icu.is_kept("icudt73l/coll/sv.res", ["sv"])
    assert icu.is_kept("icudt73l/en_GB.res", ["en"])
    assert not icu.is_kept("icudt73l/coll/zh.res", ["sv", "en"])
    assert not icu.is_kept("icudt73l/curr/sv.res", ["sv"])
    assert not icu.is_kept("icudt73l/ibm-37_P100-1995.cnv", ["sv"])
    with pytest.raises(ValueError, match="no package"):
        icu.smaller_package(b"\x7fELF and nothing else", languages=["sv"])


def test_a_folder_that_is_no_bundle_is_left_alone(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("kept", "utf-8")
    assert bundle.main([str(tmp_path)]) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert (tmp_path / "letter.txt").read_text("utf-8") == "kept"


@pytest.mark.full
def test_one_partner_all_the_way_by_keys_alone_in_the_bundle(made_bundle):
    """The end-to-end stories, each of which proves that it ran this very bundle."""
    if "GEDIGEN_TEST_SESSION" not in os.environ:
        pytest.fail("needs a screen, a session bus and a keyring of its own: run `python3 dev.py test --full`")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/e2e"],
        cwd=ROOT,
        env={**os.environ, "APP_CMD": str(made_bundle / "gedigen")},
        capture_output=True,
        encoding="utf-8",
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert re.search(r"\b\d\d passed", told.stdout)
    assert "skipped" not in told.stdout
