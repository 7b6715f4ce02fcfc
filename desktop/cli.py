"""The command line: the window by default, and the same operations without one.

Exit codes: 0 done or valid, 1 invalid, 2 incomplete, 64 wrong usage, 66 a file that cannot be read, 69 no window can be
opened on this computer, 70 the program's own failure, 130 stopped by Ctrl+C, 141 nobody reads the output any more.
"""

from __future__ import annotations

import argparse
import getpass
import locale
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from desktop.cli_import import add_import_command
from desktop.cli_report import add_report_command
from desktop.cli_template import add_template_commands
from desktop.cli_verify import add_verify_command
from desktop.language import Language, language
from desktop.reports import verifying_child
from desktop.screen import NoWindowHere, require_drawing, require_window
from forms.errors import GedigenError
from forms.text import N_

if TYPE_CHECKING:
    from desktop.operations.vaults import Opened
    from desktop.reports.grounds import Grounds

OK, INVALID, INCOMPLETE, USAGE, UNREADABLE, NO_WINDOW, FAILED = 0, 1, 2, 64, 66, 69, 70
LANGUAGES = ("sv", "en", "nb", "fr")


class _Parser(argparse.ArgumentParser):
    """Wrong usage ends with 64, as the system's own convention is, and says how it should be."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the program with its arguments (default: the process's own); returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if verifying_child.is_child_call(given):
        return verifying_child.main()
    parsed = _parser().parse_args(_vault_by_name(given))
    words = language(parsed.language or _from_environment())
    try:
        code = int(parsed.run(parsed, words))
        sys.stdout.flush()
    except NoWindowHere as error:
        print(words.error(error), file=sys.stderr)
        return NO_WINDOW
    except GedigenError as error:
        print(words.error(error), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads has had enough, as ``head`` does; Python would complain once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code


def _vault_by_name(given: list[str]) -> list[str]:
    """Take a vault's folder, or the ``vault.json`` in it, as the only argument: so a desktop hands over what was double-clicked."""
    if len(given) == 1 and not given[0].startswith("-"):
        path = Path(given[0])
        if path.name == "vault.json":
            return ["--vault", str(path.absolute().parent)]
        if path.suffix == ".gedigen":
            return ["--vault", given[0]]
    return given


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="gedigen", description="Partner due diligence: structured assessment, checkable scores, signed reports.")
    parser.add_argument("--language", choices=LANGUAGES, help="language of what is printed (default: the system's)")
    parser.add_argument("--vault", type=Path, metavar="DIR", help="open this vault in the window")
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    demo = commands.add_parser("demo", help="run the main job on an invented sample case and print where the files are")
    demo.add_argument("--folder", type=Path, help="where to make the sample (default: a new temporary folder)")
    demo.set_defaults(run=_demo)

    add_verify_command(commands, opening=_grounds_of)
    add_template_commands(commands)
    add_import_command(commands)

    add_report_command(commands, opener=_open)

    self_test = commands.add_parser("self-test", help="open every page, export and verify a report; 0 when all of it works")
    self_test.add_argument("--keyring", action="store_true", help="fail too when this computer has no keyring that is open")
    self_test.set_defaults(run=_self_test)
    return parser


def _from_environment() -> str:
    """Choose the language that the system speaks; English when it is neither."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        code = (os.environ.get(name) or "").split("_")[0].lower()
        if code in LANGUAGES:
            return code
    code = (locale.getlocale()[0] or "").split("_")[0].lower()
    return code if code in LANGUAGES else "en"


def _window(parsed: argparse.Namespace, words: Language) -> int:  # noqa: ARG001
    require_window()
    from desktop.app import run

    return run(vault=parsed.vault, language_code=parsed.language)


def _demo(parsed: argparse.Namespace, words: Language) -> int:
    from desktop.demo import run_demo

    return run_demo(folder=parsed.folder, words=words)


def _self_test(parsed: argparse.Namespace, words: Language) -> int:  # noqa: ARG001
    require_drawing()
    from desktop.self_test import run_self_test

    return run_self_test(keyring_wanted=parsed.keyring)


def _grounds_of(folder: Path, words: Language) -> Grounds:
    from desktop.operations.verifying import vault_grounds

    opened = _open(folder, words)
    try:
        return vault_grounds()
    finally:
        opened.vault.close()


def _open(folder: Path, words: Language) -> Opened:
    from desktop.operations import vaults
    from models.errors import VaultLocked

    try:
        return vaults.open_vault(folder=folder)
    except VaultLocked:
        passphrase = getpass.getpass(words.text(N_("Passphrase: ")))
        return vaults.open_vault(folder=folder, passphrase=passphrase)
