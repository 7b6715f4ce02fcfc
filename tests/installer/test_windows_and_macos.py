"""What reaches Windows and macOS, as far as it can be held here: what its tools accept, and that the parts agree."""

from __future__ import annotations

import ast
import plistlib
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from desktop.language import LANGUAGES
from installer import icons, windows_setup
from installer.release import Release, this_release

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "installer" / "windows" / "gedigen.nsi"
MACOS = ROOT / "installer" / "macos"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stub")
    (folder / "_internal").mkdir()
    (folder / "_internal" / "part.dll").write_bytes(b"a library")
    (folder / "gedigen.exe").write_bytes(b"MZ the program")
    return folder


def test_the_setup_program_is_built_without_a_warning(bundle, tmp_path):
    made = windows_setup.build(bundle, tmp_path, Release(version="7.8.9", moment=1_700_000_000))
    assert made.name == "gedigen-7.8.9-setup.exe"
    content = made.read_bytes()
    assert content[:2] == b"MZ"
    assert "7.8.9".encode("utf-16-le") in content
    assert b"requestedExecutionLevel" in content
    assert b'level="asInvoker"' in content  # no administrator is asked for


def test_a_mistake_in_the_script_gives_no_setup_program(bundle, tmp_path, monkeypatch):
    wrong = tmp_path / "installer" / "windows"
    wrong.mkdir(parents=True)
    (wrong / "gedigen.nsi").write_text(SCRIPT.read_text("utf-8").replace("$(IN_USE)", "$(IN_UES)"), "utf-8")
    (tmp_path / "LICENSE").write_text("licence", "utf-8")
    monkeypatch.setattr(windows_setup, "ROOT", tmp_path)
    with pytest.raises(windows_setup.NotPossible, match="IN_UES"):
        windows_setup.build(bundle, tmp_path, Release(version="7.8.9", moment=0))


def test_without_nsis_it_is_said_what_is_missing(bundle, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(windows_setup.NotPossible, match="needs NSIS"):
        windows_setup.build(bundle, tmp_path, Release(version="7.8.9", moment=0))


def test_the_setup_program_speaks_four_languages_in_full():
    text = SCRIPT.read_text("utf-8")
    languages = re.findall(r'!insertmacro MUI_LANGUAGE "(\w+)"', text)
    assert languages == ["Swedish", "English", "Norwegian", "French"]
    sentences: dict[str, list[str]] = {}
    for name, language in re.findall(r"(?m)^LangString (\w+) \$\{LANG_(\w+)\}", text):
        sentences.setdefault(name, []).append(language)
    assert sentences
    assert all(found == [language.upper() for language in languages] for found in sentences.values())


def test_whatever_is_written_is_removed_and_nothing_of_the_user_s():
    install, remove = SCRIPT.read_text("utf-8").split('Section "Uninstall"')
    written = {key.split('"')[0] for key in re.findall(r'WriteReg\w+ HKCU "([^"]+)"', install)}
    removed = re.findall(r'DeleteRegKey HKCU "([^"]+)"', remove)
    assert [key for key in written if not any(key == one or key.startswith(f"{one}\\") for one in removed)] == []
    assert re.findall(r"RMDir /r (.*)", remove) == [r'"$INSTDIR\_internal"']
    assert set(re.findall(r'CreateShortcut "([^"]+)"', install)) <= set(re.findall(r'Delete "([^"]+)"', remove))
    assert not re.search(r"HKLM|SHELL_CONTEXT|SetShellVarContext", install + remove)


def test_a_folder_with_something_else_in_it_is_never_emptied():
    """The check stands before the first act, also when no page is shown."""
    section = SCRIPT.read_text("utf-8").split("\nSection\n")[1]
    assert section.index("Call RefuseFolderOfOthers") < section.index("RMDir")


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_the_recipe_of_the_bundle_names_parts_that_exist_on_each_system(system, tmp_path, monkeypatch):
    """PyInstaller makes a program only for the system it runs on; what the recipe asks of it can be seen on any."""
    asked: dict[str, dict[str, object]] = {}

    def recorder(name: str):
        def record(*_given: object, **named: object) -> SimpleNamespace:
            asked[name] = named
            return SimpleNamespace(binaries=[], datas=[], pure=[], scripts=[])

        return record

    monkeypatch.setattr(sys, "platform", system)
    recipe = ROOT / "installer" / "gedigen.spec"
    known = {name: recorder(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    exec(compile(recipe.read_text("utf-8"), recipe, "exec"), {**known, "SPECPATH": str(recipe.parent), "workpath": str(tmp_path)})
    assert Path(str(asked["EXE"]["icon"])).suffix == {"linux": ".png", "win32": ".ico", "darwin": ".icns"}[system]
    assert Path(str(asked["EXE"]["icon"])).is_file()
    assert ("BUNDLE" in asked) == (system == "darwin")
    if system == "darwin":
        assert asked["BUNDLE"]["info_plist"]["CFBundleVersion"] == this_release().version
        assert asked["BUNDLE"]["info_plist"]["LSBackgroundOnly"] is False
    if system == "win32":
        properties = ast.parse(Path(str(asked["EXE"]["version"])).read_text("utf-8"), mode="eval")
        numbers = tuple(int(part) for part in this_release().version.split("."))
        assert ast.literal_eval(properties.body.keywords[0].value.keywords[0].value) == (*numbers, 0)


def test_the_icon_for_windows_has_every_size(tmp_path):
    icons.ico(tmp_path / "gedigen.ico")
    with Image.open(tmp_path / "gedigen.ico") as icon:
        assert icon.ico.sizes() == {(n, n) for n in (16, 24, 32, 48, 64, 128, 256)}
        for size in (16, 256):
            assert icon.ico.getimage((size, size)).convert("RGBA").tobytes() == _picture(size)


def test_the_icon_for_macos_has_every_size(tmp_path):
    icons.icns(tmp_path / "gedigen.icns")
    with Image.open(tmp_path / "gedigen.icns") as icon:
        assert {(width, double) for width, _, double in icon.info["sizes"]} >= {(16, 2), (32, 2), (128, 1), (128, 2), (256, 1)}
        assert icon.icns.getimage((128, 128, 1)).convert("RGBA").tobytes() == _picture(128)


def _picture(size: int) -> bytes:
    with Image.open(ROOT / "resources" / "icons" / f"gedigen-{size}.png") as picture:
        return picture.convert("RGBA").tobytes()


@pytest.mark.parametrize("name", ["Info.plist", "entitlements.plist"])
def test_a_property_list_can_be_read(name):
    assert plistlib.loads((MACOS / name).read_bytes())
    read = subprocess.run(["plistutil", "-i", MACOS / name, "-f", "xml"], capture_output=True, text=True)
    assert read.returncode == 0, read.stderr


def test_macos_takes_a_vault_for_one_document_of_gedigen():
    said = plistlib.loads((MACOS / "Info.plist").read_bytes())
    exported, document = said["UTExportedTypeDeclarations"][0], said["CFBundleDocumentTypes"][0]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["gedigen"]
    assert exported["UTTypeConformsTo"] == ["com.apple.package"]
    assert document["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]
    assert document["LSTypeIsPackage"] is True


def test_macos_is_told_every_language_of_the_program():
    assert set(plistlib.loads((MACOS / "Info.plist").read_bytes())["CFBundleLocalizations"]) == set(LANGUAGES)


def test_the_program_may_do_no_more_on_macos_than_it_must():
    said = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert set(said) == {"com.apple.security.cs.allow-unsigned-executable-memory", "com.apple.security.cs.disable-library-validation"}


@pytest.mark.parametrize("script", sorted((ROOT / "installer").rglob("*.sh")), ids=lambda file: file.name)
def test_a_shell_script_is_in_order(script):
    done = subprocess.run(["shellcheck", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert script.stat().st_mode & 0o111


def test_the_script_for_macos_says_how_it_is_used():
    done = subprocess.run([MACOS / "build.sh"], capture_output=True, text=True)
    assert done.returncode == 64
    assert "usage:" in done.stderr
