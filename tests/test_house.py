"""The house stays as it was agreed: rooms, directions of imports, size of a module, names."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {"forms", "models", "desktop", "resources", "installer", "tests", ".ci"}
AT_THE_DOOR = {".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "dev.py", "pyproject.toml", "requirements.lock"}
MOST_LINES = 400
EMPTY_NAMES = {
    "util",
    "utils",
    "helper",
    "helpers",
    "manager",
    "managers",
    "data",
    "info",
    "process",
    "common",
    "misc",
    "handler",
    "handlers",
}
UNREADABLE = {".png", ".ttf", ".icc", ".pdf", ".qm", ".xlsx", ".zip", ".db"}
REGISTRY = re.compile(r"pypi\.(?:org|python)|python" + r"hosted\.org|npm" + r"js\.(?:org|com)|deb\.debian" + r"\.org", re.IGNORECASE)


def _files() -> list[Path]:
    """Everything that is, or is about to be, in the repository, relative to its root."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


FILES = _files()
MODULES = [file for file in FILES if file.suffix == ".py"]


def test_the_top_level_has_the_agreed_rooms_and_nothing_else():
    assert {file.parts[0] for file in FILES if len(file.parts) > 1} <= ROOMS
    assert {file.name for file in FILES if len(file.parts) == 1} <= AT_THE_DOOR


def test_imports_go_one_way(monkeypatch, capfd):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
    broken = lint_imports(no_cache=True, config_filename=str(ROOT / "pyproject.toml"))
    assert broken == 0, capfd.readouterr().out


@pytest.mark.parametrize("room", ["forms", "models", "desktop/operations", "desktop/charts", "desktop/reports", "desktop"])
def test_a_room_without_a_window_does_not_load_qt(room):
    """What import-linter cannot see: an import inside a function or through a library."""
    if room == "desktop":
        modules = [
            file for file in MODULES if file.parts[0] == "desktop" and file.name in ("state.py", "language.py", "words.py", "cli.py")
        ]
    else:
        modules = [file for file in MODULES if file.is_relative_to(room) and "migrations" not in file.parts]
    names = [".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in modules]
    code = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\nprint([m for m in sys.modules if 'PySide6' in m])"
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert child.stdout.strip() == "[]", child.stderr


def test_only_the_vault_and_the_database_know_where_secrets_are_kept():
    secretive = re.compile(r"^\s*(?:import|from)\s+(?:keyring|sqlcipher3|playhouse\.sqlcipher_ext)\b", re.MULTILINE)
    allowed = {Path("models/vault.py"), Path("models/database.py")}
    product = [file for file in MODULES if file.parts[0] in ("forms", "models", "desktop") and file not in allowed]
    assert [str(file) for file in product if secretive.search((ROOT / file).read_text("utf-8"))] == []


def test_no_module_is_longer_than_a_room_holds():
    lengths = {str(file): (ROOT / file).read_text("utf-8").count("\n") for file in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_module_is_named_by_what_is_in_it():
    assert [str(file) for file in MODULES if EMPTY_NAMES & {file.stem, *file.parts[:-1]}] == []
    assert [str(file) for file in MODULES if re.search(r"_?\d+$", file.stem) and "migrations" not in file.parts] == []


def test_there_are_no_packages_under_tests():
    assert [str(file) for file in MODULES if file.parts[0] == "tests" and file.name == "__init__.py"] == []


def test_no_file_names_a_package_registry():
    found = []
    for file in FILES:
        if file.suffix not in UNREADABLE and REGISTRY.search((ROOT / file).read_text("utf-8")):
            found.append(str(file))
    assert found == []


def test_nothing_is_promised_for_later_in_the_source():
    promise = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise Not" + r"ImplementedError\b(?!\()")
    assert [str(file) for file in MODULES if promise.search((ROOT / file).read_text("utf-8"))] == []


def test_no_file_is_too_big_to_fetch():
    assert [str(file) for file in FILES if (ROOT / file).stat().st_size > 5_000_000] == []


def test_every_dependency_is_locked_by_name_version_and_hash():
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    names = {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", line)[0]).lower() for line in wanted}
    assert names - set(locked) == set()
    assert locked["pyside6-essentials"] == locked["pyside6-addons"] == "6.11.3"
    blocks = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", "").splitlines()
    assert [line[:60] for line in blocks if line and not line.startswith("#") and "--hash=sha256:" not in line] == []


def test_what_the_continuous_integration_runs_is_what_a_developer_runs():
    commands = [line for line in (ROOT / ".ci/run").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert commands[-1] == "exec python3 dev.py test </dev/null"
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_the_colour_profile_is_the_one_that_was_made():
    profile = (ROOT / "resources/colour/srgb.icc").read_bytes()
    assert hashlib.sha256(profile).hexdigest() in (ROOT / "resources/colour/README.md").read_text("utf-8")
    assert profile[84:100] == bytes(16)
