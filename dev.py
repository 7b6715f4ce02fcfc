#!/usr/bin/env python3
"""Everything a developer does with Gedigen: ``python3 dev.py COMMAND``. Needs only python3 (3.11 or later) and python3-venv.

run [ARGS]            start the program (the window by default)
demo [ARGS]           the whole main job on the sample case; opens the window there when there is a screen
test [--full] [ARGS]  every check and every test; with ARGS only those tests
lint                  the checks that run nothing: ruff, mypy, import-linter, vulture
tour [ARGS]           pictures of every screen, and a check of each widget tree
bench [ARGS]          the measurements
messages              bring the catalogues in resources/translations up to date with the source
bundle [FOLDER]       make the program that needs no Python, in build/bundle/gedigen or FOLDER
package [ARGS]        make what a caseworker installs on this system, in build/packages

The first start makes .venv beside this file from requirements.lock; later ones take it as it is until the lock changes.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

SOURCE_FOLDERS = ("forms", "models", "desktop")

#: The calls that hold messages, as pybabel names them.
MESSAGE_KEYWORDS = ("text", "plural:1,2", "N_")

#: Commands and files that the tests need, and the Debian packages that hold them.
TEST_TOOLS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "setxkbmap": "x11-xkb-utils",
    "dbus-run-session": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/python3/dist-packages/gi/__init__.py": "python3-gi",
    "gnome-keyring-daemon": "gnome-keyring",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "mutool": "mupdf-tools",
    "certutil": "libnss3-tools",
    "softhsm2-util": "softhsm2",
    "pkcs11-tool": "opensc",
    "git": "git",
    "openssl": "openssl",
    "objcopy": "binutils",
    "javac": "default-jdk-headless",
    "/usr/share/java/jaxb-runtime.jar": "libjaxb-java",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "update-mime-database": "shared-mime-info",
    "groff": "groff-base",
    "makensis": "nsis",
    "shellcheck": "shellcheck",
    "plistutil": "libplist-utils",
    "xz": "xz-utils",
}

#: Libraries that the tests open themselves, beside those of Qt.
TEST_LIBRARIES = {"libX11.so.6": "libx11-6", "libXtst.so.6": "libxtst6"}

#: What only ``test --full`` needs beside them.
FULL_TOOLS = {"debootstrap": "debootstrap", "lintian": "lintian", "unshare": "util-linux"}

ATSPI_TYPELIB = "girepository-1.0/Atspi-2.0.typelib"  # in /usr/lib/<architecture>/

#: What runs inside the throw-away session bus before the tests: the accessibility bus and an unlocked keyring.
SESSION = """
/usr/libexec/at-spi-bus-launcher --launch-immediately &
printf %s throw-away | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
exec "$@"
"""

STATIC_CHECKS = {
    "ruff": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"],
    "vulture": ["-m", "vulture"],
}


def main(arguments: list[str]) -> int:
    """Carry out one command and give its exit code."""
    commands = {
        "run": run,
        "demo": demo,
        "test": test,
        "lint": lint,
        "tour": tour,
        "bench": bench,
        "messages": messages,
        "bundle": bundle,
        "package": package,
    }
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments[:1] in ([], ["--help"], ["-h"], ["help"]) else 64
    if sys.version_info < (3, 11):  # noqa: UP036 this file is the first to run, by whatever python3 there is
        stop(f"Gedigen needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    make_environment()
    return commands[arguments[0]](arguments[1:])


def run(arguments: list[str]) -> int:
    """Start the program as this process."""
    need(missing_libraries(), "Qt")
    return python(["-m", "desktop", *arguments])


def demo(arguments: list[str]) -> int:
    """Run the main job on the sample case, then open the window on the vault that it printed."""
    need(missing_libraries(), "Qt")
    vault = ""
    with subprocess.Popen(
        [PYTHON, "-m", "desktop", "demo", *arguments], env=surroundings(), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as program:
        for line in program.stdout or ():
            print(line, end="", flush=True)
            if line.startswith("vault: "):
                vault = line.removeprefix("vault: ").strip()
    if program.returncode or not vault or not has_screen():
        return program.returncode
    return python(["-m", "desktop", "--vault", vault])


def test(arguments: list[str]) -> int:
    """Run the checks and all tests in a throw-away session; with arguments to pytest only those tests."""
    full = "--full" in arguments
    need(missing_libraries() + missing_shared_python() + missing_tools() + (missing_of(FULL_TOOLS) if full else []), "the tests")
    chosen = [argument for argument in arguments if argument != "--full"]
    results = {} if chosen else {name: show(name, [PYTHON, *command], surroundings()) for name, command in STATIC_CHECKS.items()}
    with tempfile.TemporaryDirectory(prefix="gedigen-test-", ignore_cleanup_errors=True) as home:
        command = [PYTHON, "-m", "pytest", *(["--full"] if full else []), *chosen]
        results["pytest"] = show("pytest", in_session(command), throw_away(Path(home)))
    return tell(results)


def lint(_arguments: list[str]) -> int:
    """Run the checks that need no screen and run nothing of the program."""
    return tell({name: show(name, [PYTHON, *command], surroundings()) for name, command in STATIC_CHECKS.items()})


def tour(arguments: list[str]) -> int:
    """Draw every screen that exists and check what is drawn."""
    need(missing_libraries(), "Qt")
    return python(["-m", "pytest", "tests/tour", "-m", "", *arguments])


def bench(arguments: list[str]) -> int:
    """Measure."""
    need(missing_libraries(), "Qt")
    return python([str(ROOT / "tests" / "benchmarks" / "run.py"), *arguments])


def messages(_arguments: list[str]) -> int:
    """Collect the messages of the source and bring each language's catalogue up to date; new ones come without translation."""
    pybabel = ["-m", "babel.messages.frontend", "-q"]
    with tempfile.TemporaryDirectory() as folder:
        template = str(Path(folder) / "gedigen.pot")
        keywords = [part for keyword in MESSAGE_KEYWORDS for part in ("-k", keyword)]
        extract = [
            "extract",
            "--no-default-keywords",
            "--msgid-bugs-address",
            "none",
            *keywords,
            "--no-location",
            "--sort-output",
            "-o",
            template,
            *SOURCE_FOLDERS,
        ]
        failed = python([*pybabel, *extract], folder=ROOT)
        for catalogue in sorted(ROOT.glob("resources/translations/*/LC_MESSAGES/gedigen.po")):
            language = catalogue.parts[-3]
            update = ["update", "-l", language, "-i", template, "-o", str(catalogue)]
            options = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
            failed = failed or python([*pybabel, *update, *options], folder=ROOT)
            print(f"{language}: {catalogue.relative_to(ROOT)}")
    return failed


def bundle(arguments: list[str]) -> int:
    """Make the folder with a program that needs no Python."""
    need((["binutils"] if sys.platform == "linux" and not shutil.which("objcopy") else []) + missing_shared_python(), "the bundle")
    return python(["-m", "installer.bundle", *arguments])


def package(arguments: list[str]) -> int:
    """Make what a caseworker installs: a Debian package and an archive, a setup program or a disk image."""
    need(["binutils"] if sys.platform == "linux" and not shutil.which("readelf") else [], "the package")
    return python(["-m", "installer.package", *arguments])


# The environment


def make_environment() -> None:
    """Make .venv from the lock, unless it stands and was made from this very lock by this very Python."""
    stamp = ENVIRONMENT / "made-from"
    wanted = f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {sys.version.split()[0]} {ENVIRONMENT}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print("Making the environment in .venv (some 350 MB to fetch the first time) …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], capture_output=True, text=True)
    if made.returncode:
        need(["python3-venv"], "its own environment")
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
    install = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        LOCK,
    ]
    if subprocess.run(install).returncode:
        stop("The libraries could not be installed (see above). Nothing was left half-made: run the same command again.")
    stamp.write_text(wanted, "utf-8")


def missing_libraries() -> list[str]:
    """Name the Debian packages of the libraries that Qt cannot do without and this machine lacks."""
    if sys.platform != "linux":
        return []
    from desktop.qt_libraries import QT_LIBRARIES  # needs nothing but Python, as this file

    missing = [package for library, package in QT_LIBRARIES.items() if not opens(library)]
    if not any(Path("/usr/share/fonts").glob("**/*.[to]tf")):
        missing.append("fonts-dejavu-core")
    return missing


def opens(library: str) -> bool:
    """Tell whether the dynamic linker finds a library, with all that it needs itself."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_shared_python() -> list[str]:
    """Name the Debian package of Python as a shared library, which a bundle carries and a bare Debian's python3 does without."""
    name = sysconfig.get_config_var("INSTSONAME") or ""
    if sys.platform != "linux" or ".so" not in name or (Path(sysconfig.get_config_var("LIBDIR")) / name).exists():
        return []
    return [f"libpython{sys.version_info.major}.{sys.version_info.minor}"]


def missing_tools() -> list[str]:
    """Name the Debian packages of what the tests need and this machine lacks."""
    missing = missing_of(TEST_TOOLS) + [package for library, package in TEST_LIBRARIES.items() if not opens(library)]
    if not any(Path("/usr/lib").glob(f"*/{ATSPI_TYPELIB}")):
        missing.append("gir1.2-atspi-2.0")
    return missing


def missing_of(tools: dict[str, str]) -> list[str]:
    """Name the packages of the commands and files that this machine lacks."""
    return [package for tool, package in tools.items() if not (Path(tool).exists() if tool[0] == "/" else shutil.which(tool))]


def need(packages: list[str], purpose: str) -> None:
    """Install Debian packages as root; else say which command does it, and stop."""
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        stop(f"For {purpose} this machine lacks what Debian calls: {' '.join(packages)}")
    if os.geteuid() != 0:
        stop(f"For {purpose} some packages are missing. Install them with:\n\n    sudo {shlex.join(install)}\n")
    print(f"Installing for {purpose}: {' '.join(packages)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (install, ["apt-get", "update"], install):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if command is install and done.returncode == 0:
            return
    stop(f"{done.stdout}{done.stderr}\nThe packages could not be installed: {shlex.join(install)}")


# Running things


def surroundings() -> dict[str, str]:
    """Give the variables in which the environment's Python finds the program from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def throw_away(home: Path) -> dict[str, str]:
    """Give variables for the tests' own session: an empty home and no way to the user's screen, bus or keyring."""
    folders = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_CACHE_HOME": ".cache", "XDG_RUNTIME_DIR": "run"}
    for folder in (*folders.values(), ".local/share/keyrings"):
        (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "GNOME_KEYRING_CONTROL", "LC_ALL", "LANGUAGE"}
    kept = {name: value for name, value in surroundings().items() if name not in hidden}
    moved = {name: str(home / folder) for name, folder in folders.items()}
    return {**kept, **moved, "HOME": str(home), "LANG": "C.UTF-8", "GEDIGEN_TEST_SESSION": "1", "PYTHONUNBUFFERED": "1"}


def in_session(command: list[object]) -> list[object]:
    """Wrap a command in a screen of its own, a session bus, the accessibility bus and a keyring."""
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24"]
    return [*screen, "dbus-run-session", "--", "sh", "-c", SESSION, "sh", *command]


def show(name: str, command: list[object], variables: dict[str, str]) -> bool:
    """Run one step from the repository's folder under its name, and tell whether it went well."""
    print(f"\n── {name} " + "─" * (70 - len(name)), flush=True)
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=variables, stdin=subprocess.DEVNULL).returncode == 0


def tell(results: dict[str, bool]) -> int:
    """Print how each step ended; give 0 when all went well."""
    print("\n" + "\n".join(f"{'ok    ' if well else 'FAILED'}  {name}" for name, well in results.items()))
    failed = [name for name, well in results.items() if not well]
    print(f"\nNot in order: {', '.join(failed)}." if failed else "\nEverything is in order.", flush=True)
    return 1 if failed else 0


def python(arguments: list[str], folder: Path | None = None) -> int:
    """Run the environment's Python in the folder where the user is, or in the one given; Ctrl+C is the program's to handle."""
    with subprocess.Popen([PYTHON, *arguments], env=surroundings(), cwd=folder) as program:
        while True:
            try:
                return program.wait()
            except KeyboardInterrupt:
                continue


def has_screen() -> bool:
    """Tell whether a window can be opened."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def stop(sentence: str) -> NoReturn:
    """End with a sentence on stderr."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
