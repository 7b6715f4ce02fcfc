"""On a machine with nothing on it: README's two commands, what is said when something is missing, and the package from start to end.

Slow, and only for root with debootstrap: ``python3 dev.py test --full``.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image

from installer import bare_machine, package
from installer.bare_machine import PROJECT, BareMachine
from installer.release import this_release
from tests.installer.framebuffer import picture

pytestmark = pytest.mark.full

ROOT = Path(__file__).resolve().parents[2]
PERSON = "caseworker"
PATIENCE = 120.0  #: seconds until the window must have been drawn


@pytest.fixture(scope="module")
def folder():
    if why_not := bare_machine.obstacle():
        pytest.fail(why_not)
    with bare_machine.somewhere() as place:
        yield place


@pytest.fixture(scope="module")
def bare(folder):
    """A Debian with nothing that it can do without."""
    return bare_machine.make(folder / "bare")


@pytest.fixture(scope="module")
def with_python(bare, folder):
    """The same with what README asks for, and a clone of the project; a person who is not root works there too."""
    machine = bare_machine.with_python(bare, folder / "python")
    _well(machine, "useradd", "--create-home", PERSON)
    return machine


@pytest.fixture(scope="module")
def packages(made_bundle, tmp_path_factory):
    """The real bundle, packed: the Debian package and the archive."""
    return package.packages(made_bundle, tmp_path_factory.mktemp("packages"), this_release())


def _well(machine: BareMachine, *command: str, user: str = "root", place: str = "/", **variables: str) -> str:
    """Run a command in the machine that must succeed, and give what it said."""
    done = machine.run(command, user=user, place=place, **variables)
    assert done.returncode == 0, done.stdout[-6000:]
    return done.stdout


def test_the_machine_has_nothing_but_python_and_venv(bare, with_python):
    assert bare.run(["sh", "-c", "command -v python3"]).returncode != 0
    installed = [set(_well(machine, "dpkg-query", "-W", "-f", "${Package}\n").split()) for machine in (bare, with_python)]
    asked_for = _well(with_python, "apt-mark", "showmanual").split()
    assert {"python3", "python3-venv"} <= set(asked_for)
    assert {"libgl1", "libegl1", "xvfb", "git", "fontconfig"} & (installed[0] | installed[1]) == set()


def test_who_is_not_root_is_told_the_command_that_makes_the_demo_work(with_python, folder):
    """The command is taken from what was said, run as root as it stands, and is enough."""
    machine = with_python.copy(folder / "person")
    home = f"/home/{PERSON}/gedigen"
    machine.clone(home)
    _well(machine, "chown", "-R", f"{PERSON}:{PERSON}", home)
    refused = machine.run(["python3", "dev.py", "demo"], user=PERSON, place=home)
    assert refused.returncode == 1
    command = re.search(r"(?m)^\s+sudo (apt-get install -y --no-install-recommends .*)$", refused.stdout)
    assert command is not None, refused.stdout
    assert {"libegl1", "libxcb-cursor0"} <= set(command[1].split())
    _well(machine, *shlex.split(command[1]), DEBIAN_FRONTEND="noninteractive")
    assert "Scored again from the sealed record: the same result." in _well(machine, "python3", "dev.py", "demo", user=PERSON, place=home)


def test_readme_s_two_commands_pass_as_root(with_python, capfd):
    code = bare_machine.follow_readme(with_python)
    assert code == 0, capfd.readouterr().out[-8000:]


def test_without_screen_or_library_the_program_says_so_and_as_root_the_library_comes_back(with_python):
    """Runs on the machine on which README's commands have passed."""
    program = [".venv/bin/python", "-m", "desktop", "--language", "en"]
    no_screen = with_python.run(program, place=PROJECT)
    assert no_screen.returncode == 69
    assert no_screen.stdout.startswith("There is no screen here to open the window on.")
    _well(with_python, "dpkg", "--remove", "--force-depends", "libxcb-cursor0")
    no_library = with_python.run(program, place=PROJECT, DISPLAY=":0")
    assert no_library.returncode == 69
    assert no_library.stdout.rstrip().endswith("sudo apt-get install libxcb-cursor0")
    by_root = with_python.run(["python3", "dev.py", "run"], place=PROJECT)
    assert "Installing for Qt: libxcb-cursor0" in by_root.stdout
    assert by_root.returncode == 69
    assert "install ok installed" in _well(with_python, "dpkg-query", "-W", "-f", "${Status}", "libxcb-cursor0")


def test_the_package_is_in_order(packages):
    checked = ["lintian", "--no-cfg", "--allow-root", "--fail-on", "error,warning", packages[0]]
    done = subprocess.run(checked, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_comes_works_and_goes_without_a_trace(bare, folder, packages):
    """Installed, started on a screen, tested by itself, used, and removed; only what the person made is left."""
    machine = bare.copy(folder / "installed")
    machine.install("xvfb", "xauth", *_needs(packages[0]))
    _well(machine, "useradd", "--create-home", PERSON)
    before = _lasting(machine)

    inside = machine.folder / "root" / packages[0].name
    inside.write_bytes(packages[0].read_bytes())
    _well(
        machine, "apt-get", "install", "-qq", "-y", "--no-install-recommends", f"/root/{packages[0].name}", DEBIAN_FRONTEND="noninteractive"
    )
    inside.unlink()
    assert machine.run(["sh", "-c", "command -v python3"]).returncode != 0

    said = _well(machine, "gedigen", "self-test", user=PERSON)
    assert said.rstrip().endswith("Everything works.")
    vault = f"/home/{PERSON}/work"
    _well(machine, "gedigen", "demo", "--folder", vault, user=PERSON)
    no_screen = machine.run(["gedigen", "--language", "sv"], user=PERSON)
    assert no_screen.returncode == 69
    assert _window(machine, f"{vault}/Sample.gedigen") > 50  # colours: a window with text in it, not an empty one

    _well(machine, "dpkg", "--purge", "gedigen")
    after = _lasting(machine)
    assert before - after == set()
    left = {path for path in after - before if not path.startswith(f"/home/{PERSON}/")}
    assert left == set()
    assert f"{vault}/Sample.gedigen/register.db" in after


def test_the_archive_runs_where_it_is_unpacked(bare, folder, packages):
    machine = bare.copy(folder / "unpacked")
    machine.install(*_needs(packages[0]))
    (machine.folder / "opt").mkdir(exist_ok=True)
    subprocess.run(["tar", "-xf", packages[1], "-C", machine.folder / "opt"], check=True)
    program = f"/opt/{packages[1].name.removesuffix('.tar.xz')}/gedigen"
    assert _well(machine, program, "self-test").rstrip().endswith("Everything works.")


def _needs(package: Path) -> list[str]:
    """Name what the package depends on."""
    said = subprocess.run(["dpkg-deb", "-f", package, "Depends"], capture_output=True, text=True, check=True).stdout
    return [one.split()[0] for one in said.split(",")]


def _lasting(machine: BareMachine) -> set[str]:
    """List the machine's files, but for what apt and dpkg keep for themselves, and passing ones."""
    passing = re.compile(r"/(proc|sys|dev|run|tmp|var/cache|var/log|var/lib/apt|var/lib/dpkg/[^/]*|var/lib/dpkg/updates/.*)(/.*)?$")
    return {path for path in machine.files() if not passing.match(path)}


def _window(machine: BareMachine, vault: str) -> int:
    """Open a vault's window on a screen in the machine, keep a picture of it in build, and give how many colours it has."""
    screen = machine.folder / "tmp" / "screen"
    screen.mkdir(mode=0o777)
    screen.chmod(0o777)
    server = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24 -fbdir /tmp/screen", "gedigen", vault]
    colours, until = 0, time.monotonic() + PATIENCE
    with subprocess.Popen(machine.command(server, user=PERSON, LANG="sv_SE.UTF-8"), stdin=subprocess.DEVNULL) as program:
        while program.poll() is None and time.monotonic() < until:
            shown = picture(screen / "Xvfb_screen0")
            before, colours = colours, _colours(shown)
            if shown is not None and before == colours > 50:
                (ROOT / "build").mkdir(exist_ok=True)
                shown.save(ROOT / "build" / "installed.png")
                break
            time.sleep(0.5)
        assert program.poll() is None, "the program has ended"
        program.kill()  # all that runs in the machine goes with it
    return colours


def _colours(shown: Image.Image | None) -> int:
    return len(shown.getcolors(1 << 20) or ()) if shown is not None else 0


def test_no_mount_and_no_program_of_a_machine_is_left(folder):
    mounts = Path("/proc/self/mounts").read_text("utf-8")
    assert str(folder) not in mounts
    assert [process for process in Path("/proc").glob("[0-9]*/root") if _root_of(process).startswith(str(folder))] == []


def _root_of(process: Path) -> str:
    try:
        return str(process.readlink())
    except OSError:
        return ""
