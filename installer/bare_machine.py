"""A machine with nothing on it, to prove that Gedigen reaches it: ``python3 installer/bare_machine.py [COMMAND ...]``.

It is a Debian made by debootstrap (variant minbase) in a temporary folder, with python3 and python3-venv and nothing else, and a clone of
the project's last commit. Without a COMMAND the two commands of README are run there as they are written; with one, that. How to reach
packages is taken over from this machine. It needs root and debootstrap.

Nothing is mounted in this machine's own view: every command gets a view and a process tree of its own (Linux namespaces), which end with
it, however it ends. So removing the folder can never reach through a mount, even after a kill -9.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from installer import host  # noqa: E402

SUITE = "bookworm"
#: Where the clone lies in the machine.
PROJECT = "/opt/gedigen"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

#: Ends with the program that started it, also when that is killed, and takes everything it has started along.
_APART = ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]

#: What a machine's own view is made of. $1 is its folder, the words up to "--" are folders of the host that it may read.
_ENTER = """
set -e
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
while [ "$1" != -- ]; do
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    mount -o remount,bind,ro "$root$1"
    shift
done
shift
chroot "$@" || exit $? # not exec: programs behave differently as the first of their process tree (an X server then tells nobody it is up)
"""


class NotPossible(Exception):
    """A bare machine cannot be made here; the sentence says why."""


class BareMachine:
    """A Debian in a folder, and how commands are run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def command(self, command: Sequence[str], *, user: str = "root", place: str = "/", **variables: str) -> list[str]:
        """Give the command line that runs a command in the machine, from the folder ``place`` and with nothing of this environment."""
        own = {"PATH": _PATH, "LANG": "C.UTF-8", "HOME": "/root" if user == "root" else f"/home/{user}", "TERM": "dumb"}
        given = [f"{name}={value}" for name, value in {**host.variables(), **own, **variables}.items()]
        shared = [str(folder) for folder in host.local_folders()]
        inside = ["sh", "-c", 'cd "$0" && exec "$@"', place, *command]
        whole = [f"--userspec={user}", "--groups=", str(self.folder), "env", "-i", *given, *inside]
        return [*_APART, "sh", "-c", _ENTER, "sh", str(self.folder), *shared, "--", *whole]

    def run(self, command: Sequence[str], *, user: str = "root", place: str = "/", **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end and give its code and what it said (both streams together in stdout)."""
        return subprocess.run(
            self.command(command, user=user, place=place, **variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def install(self, *packages: str) -> None:
        """Install packages, or files of packages inside the machine, by apt. Raises ``NotPossible``."""
        done = self.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages], DEBIAN_FRONTEND="noninteractive")
        if done.returncode:
            raise NotPossible(f"{' '.join(packages)} could not be installed:\n{done.stdout}")

    def clone(self, place: str = PROJECT) -> None:
        """Put a clone of the project's last commit into the machine; git itself stays outside."""
        target = self.folder / place.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(target)], check=True)

    def files(self) -> set[str]:
        """List every file, folder and link of the machine by its path there."""
        found = set()
        for folder, folders, files in os.walk(self.folder):
            inside = Path("/") / Path(folder).relative_to(self.folder)
            found |= {str(inside / name) for name in (*folders, *files)}
        return found

    def copy(self, folder: Path) -> BareMachine:
        """Make another machine that is like this one."""
        subprocess.run(["cp", "-a", "--reflink=auto", str(self.folder), str(folder)], check=True)
        return BareMachine(folder)


def make(folder: Path, suite: str = SUITE) -> BareMachine:
    """Make a machine with nothing but what a Debian cannot do without. Raises ``NotPossible``; takes about a minute."""
    why_not = obstacle()
    if why_not:
        raise NotPossible(why_not)
    sources = host.apt_sources(suite)
    where = [mirror] if (mirror := host.mirror(sources, suite)) else []
    made = subprocess.run(
        [*_APART, "debootstrap", "--variant=minbase", suite, str(folder), *where],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise NotPossible(f"debootstrap did not succeed:\n{made.stdout[-2000:]}{made.stderr[-2000:]}")
    host.furnish(folder, suite)
    # No service is started in a machine that is only a folder.
    (folder / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n", "utf-8")
    (folder / "usr/sbin/policy-rc.d").chmod(0o755)
    machine = BareMachine(folder)
    if (updated := machine.run(["apt-get", "update", "-qq"])).returncode:
        raise NotPossible(f"The lists of packages could not be fetched:\n{updated.stdout}")
    return machine


def obstacle() -> str:
    """Say why no machine can be made here; empty when it can."""
    if sys.platform != "linux":
        return "A bare machine can be made on Linux only."
    if os.geteuid() != 0:
        return f"A bare machine can be made by root only. Run: sudo python3 {shlex.quote(sys.argv[0])}"
    missing = [tool for tool in ("debootstrap", "unshare", "setpriv", "chroot", "git", "apt-config") if not shutil.which(tool)]
    if missing:
        return f"A bare machine needs {', '.join(missing)}. On Debian and Ubuntu: apt-get install debootstrap util-linux git"
    return ""


@contextmanager
def somewhere(*, keep: bool = False) -> Iterator[Path]:
    """Give a folder for machines that is removed in the end, also when the program is told to stop."""
    folder = Path(tempfile.mkdtemp(prefix="gedigen-machine-"))
    folder.chmod(0o755)  # whoever is not root in the machine must get through
    before = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield folder
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if keep:
            print(f"The machine is in {folder}. Remove it with: rm -rf --one-file-system {folder}")
        else:
            subprocess.run(["rm", "-rf", "--one-file-system", str(folder)], check=True)


def _leave(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def readme_commands(text: str) -> list[str]:
    """Give the commands under README's "Try it", as they are written there."""
    part = re.search(r"(?ms)^## Try it$(.*?)^## ", text)
    return re.findall(r"(?m)^python3 dev\.py .*$", part[1]) if part else []


def with_python(bare: BareMachine, folder: Path) -> BareMachine:
    """Make a machine with what README asks for and a clone of the project."""
    machine = bare.copy(folder)
    machine.install("python3", "python3-venv")
    machine.clone()
    return machine


def follow_readme(machine: BareMachine) -> int:
    """Run README's commands in the machine, showing what they say; gives the first code that is not 0."""
    commands = readme_commands((machine.folder / PROJECT.lstrip("/") / "README.md").read_text("utf-8"))
    if not commands:
        print("README has no commands under “Try it”.", file=sys.stderr)
        return 1
    for command in commands:
        print(f"\n$ {command}", flush=True)
        code = subprocess.run(machine.command(shlex.split(command), place=PROJECT), stdin=subprocess.DEVNULL).returncode
        if code:
            print(f"It ended with {code}.", file=sys.stderr)
            return code
    return 0


def main(arguments: list[str]) -> int:
    """Make the machine, carry out the commands there, remove it; gives the first code that is not 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[2], formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", default=SUITE, help=f"which Debian (default: {SUITE})")
    parser.add_argument("--keep", action="store_true", help="keep the machine and say where it is")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND", help="what to run instead of README's commands")
    chosen = parser.parse_args(arguments)
    if why_not := obstacle():
        print(why_not, file=sys.stderr)
        return 1
    with somewhere(keep=chosen.keep) as folder:
        try:
            machine = with_python(make(folder / "bare", chosen.suite), folder / "machine")
        except NotPossible as error:
            print(error, file=sys.stderr)
            return 1
        if not chosen.command:
            return follow_readme(machine)
        return subprocess.run(machine.command(chosen.command, place=PROJECT)).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
