"""The Debian package and the archive, made from a stand-in for the bundle: what is in them, and that the systems understand it."""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import subprocess
import tarfile
import time
from pathlib import Path

import pytest

from desktop import cli
from installer import debian_package, package
from installer.release import Release

ROOT = Path(__file__).resolve().parents[2]
RELEASE = Release(version="7.8.9", moment=1_700_000_000)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """A program that needs the C library, with a library of its own beside it."""
    folder = tmp_path_factory.mktemp("made") / "gedigen"
    (folder / "_internal").mkdir(parents=True)
    shutil.copy("/bin/true", folder / "gedigen")
    shutil.copy("/bin/true", folder / "_internal" / "libown.so.1")
    (folder / "_internal" / "libown.so").symlink_to("libown.so.1")
    return folder


@pytest.fixture(scope="module")
def deb(bundle, tmp_path_factory):
    return debian_package.build(bundle, tmp_path_factory.mktemp("deb"), RELEASE)


@pytest.fixture(scope="module")
def unpacked(deb, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    _quiet("dpkg-deb", "-R", deb, folder)
    return folder


def _quiet(*command: str | Path, **variables: str) -> str:
    """Run a command that must succeed, and give what it said."""
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **variables})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_same_bundle_gives_the_same_package_and_archive(bundle, deb, tmp_path):
    again = tmp_path / "another folder"
    shutil.copytree(bundle, again, symlinks=True)
    os.utime(again / "gedigen", (time.time(), time.time()))
    assert debian_package.build(again, tmp_path, RELEASE).read_bytes() == deb.read_bytes()
    first = package.archive(bundle, tmp_path, RELEASE).read_bytes()
    assert package.archive(again, tmp_path, RELEASE).read_bytes() == first


def test_the_package_says_what_it_is_and_what_it_needs(deb):
    said = _quiet("dpkg-deb", "-I", deb)
    assert re.search(r"(?m)^ Package: gedigen$", said)
    assert re.search(r"(?m)^ Version: 7\.8\.9-1$", said)
    assert re.search(r"(?m)^ Depends: .*\blibc6 \(>= 2\.\d+\).*\bxkb-data\b", said)
    assert "libown" not in said


def test_everything_in_the_package_belongs_to_root_and_only_the_program_can_be_executed(deb):
    lines = _quiet("dpkg-deb", "-c", deb).splitlines()
    assert {line.split()[1] for line in lines} == {"root/root"}
    executable = [line.split()[-1] for line in lines if line.startswith("-") and "x" in line.split()[0]]
    assert executable == ["./usr/lib/gedigen/gedigen"]
    assert any(line.endswith("./usr/bin/gedigen -> ../lib/gedigen/gedigen") for line in lines)
    assert {line.split()[3] for line in lines} == {"2023-11-14"}


def test_the_sums_are_those_of_the_files(unpacked):
    _quiet("sh", "-c", f"cd '{unpacked}' && md5sum --quiet -c DEBIAN/md5sums")


def test_a_library_that_no_package_holds_is_said_plainly(bundle, tmp_path, monkeypatch):
    monkeypatch.setattr(debian_package, "_asked_for", lambda _bundle: {"libnobody.so.7"})
    with pytest.raises(debian_package.NotPossible, match=r"asks for libnobody\.so\.7, which no installed package holds"):
        debian_package.depends(bundle)


def test_what_the_libraries_bring_themselves_is_not_depended_on(bundle, monkeypatch):
    monkeypatch.setattr(debian_package, "_asked_for", lambda _bundle: {"libown.so.1", "libc.so.6"})
    assert [one.partition(" ")[0] for one in debian_package.depends(bundle)] == ["fontconfig-config", "libc6", "libx11-data", "xkb-data"]


def test_the_menu_entry_is_valid_and_starts_the_program(unpacked):
    entry = unpacked / "usr/share/applications/gedigen.desktop"
    assert _quiet("desktop-file-validate", "--warn-kde", entry) == ""
    assert re.search(r"(?m)^Exec=gedigen %f$", entry.read_text("utf-8"))
    names = re.findall(r"(?m)^Comment\[(\w+)\]=", entry.read_text("utf-8"))
    assert names == ["sv", "nb", "fr"]


def test_the_description_for_software_centres_is_valid(unpacked):
    file = unpacked / "usr/share/metainfo/org.gedigen.Gedigen.metainfo.xml"
    _quiet("appstreamcli", "validate", "--no-net", file)
    assert 'version="7.8.9" date="2023-11-14"' in file.read_text("utf-8")


def test_the_file_of_a_vault_is_known_by_its_name_and_no_other_json_is(unpacked, tmp_path):
    shutil.copytree(unpacked / "usr/share/mime", tmp_path / "mime")
    _quiet("update-mime-database", tmp_path / "mime")
    code = "from gi.repository import Gio\nfor name in ('vault.json', 'other.json'): print(Gio.content_type_guess(name, b'{}')[0])"
    said = _quiet("/usr/bin/python3", "-c", code, XDG_DATA_DIRS=f"{tmp_path}:/usr/share", XDG_DATA_HOME=str(tmp_path / "none"))
    assert said.split() == ["application/x-gedigen-vault", "application/json"]


def test_each_size_of_the_icon_is_in_its_folder(unpacked):
    folder = unpacked / "usr/share/icons/hicolor"
    found = {str(file.relative_to(folder)) for file in folder.rglob("gedigen.*")}
    sizes = {f"{n}x{n}/apps/gedigen.png" for n in (16, 24, 32, 48, 64, 128, 256)}
    assert found == {*sizes, "scalable/apps/gedigen.svg"}


def test_the_manual_is_well_formed_and_names_every_command_and_option(unpacked):
    file = unpacked / "usr/share/man/man1/gedigen.1.gz"
    text = gzip.decompress(file.read_bytes()).decode("utf-8")
    assert subprocess.run(["groff", "-man", "-ww", "-z"], input=text, capture_output=True, text=True).stderr == ""
    shown = text.replace(r"\-", "-")
    for words in _words_of(cli._parser()):
        assert re.search(rf"\b{words}\b" if words[0] != "-" else rf"(?<![\w-]){words}(?![\w-])", shown), words


def _words_of(parser: argparse.ArgumentParser) -> set[str]:
    """Name every command and every long option of the command line."""
    words: set[str] = set()
    for action in parser._actions:
        words |= {option for option in action.option_strings if option.startswith("--")}
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                words |= {name} | _words_of(inner)
    return words


def test_the_licence_of_every_library_is_named_and_its_text_is_there(unpacked):
    papers = unpacked / "usr/share/doc/gedigen"
    said = (papers / "copyright").read_text("utf-8")
    assert said.startswith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n")
    assert "Permission is hereby granted, free of charge" in said
    for name in ("pikepdf", "pyHanko", "reportlab", "cryptography", "keyring", "sqlcipher3"):
        assert re.search(rf"(?m)^ {name} \S+: \S", said), name
        assert any((papers / "licences" / name).iterdir()), name
    assert (papers / "licences" / "Qt" / "LGPL-3").is_file()
    named = [line.split()[0] for line in said.splitlines() if re.match(r" \S+ [\d.]+: ", line)]
    of_qt = ("PySide6_Addons", "PySide6_Essentials", "shiboken6")  # theirs is the LGPL above
    without_text = [name for name in named if name not in of_qt and not (papers / "licences" / name).is_dir()]
    assert without_text == []


def test_no_library_is_under_a_licence_that_binds_the_whole(unpacked):
    said = (unpacked / "usr/share/doc/gedigen/copyright").read_text("utf-8")
    lines = [line for line in said.splitlines() if re.match(r" \S+ [\d.]+: ", line)]
    assert len(lines) > 25
    strong = [line for line in lines if re.search(r"\bA?GPL|General Public", line) and not re.search(r"LGPL|Lesser", line)]
    assert strong == []


def test_the_archive_has_one_folder_with_the_program_and_how_to_start_it(bundle, tmp_path):
    with tarfile.open(package.archive(bundle, tmp_path, RELEASE)) as content:
        members = {member.name: member for member in content.getmembers()}
    top = f"gedigen-7.8.9-linux-{os.uname().machine}"
    assert {name.split("/")[0] for name in members} == {top}
    assert members[f"{top}/gedigen"].mode & 0o111
    assert f"{top}/README.txt" in members
    assert f"{top}/share/doc/gedigen/copyright" in members
    assert {(member.uname, member.mtime) for member in members.values()} == {("root", RELEASE.moment)}


def test_what_is_no_bundle_is_not_packed(tmp_path, capsys):
    assert package.main(["--bundle", str(tmp_path), str(tmp_path / "out")]) == 1
    assert "is not a bundle. Make one with: python3 dev.py bundle" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
