"""The command line: the window by default, and the same operations without one.

Exit codes: 0 done or valid, 1 invalid, 2 incomplete, 64 wrong usage, 66 a file that cannot be read, 69 no window can be
opened on this computer, 70 the program's own failure.
"""

from __future__ import annotations

import argparse
import getpass
import json
import locale
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from desktop.cli_import import add_import_command
from desktop.cli_template import add_template_commands
from desktop.language import Language, language
from desktop.reports import verifying_child
from desktop.screen import NoWindowHere, require_drawing, require_window
from forms.errors import GedigenError
from forms.text import N_

if TYPE_CHECKING:
    from desktop.operations.vaults import Opened

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
        return int(parsed.run(parsed, words))
    except NoWindowHere as error:
        print(words.error(error), file=sys.stderr)
        return NO_WINDOW
    except GedigenError as error:
        print(words.error(error), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return 130


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

    verify = commands.add_parser("verify", help="check that a report is the one that was signed")
    verify.add_argument("file", type=Path)
    anchor = verify.add_mutually_exclusive_group()
    anchor.add_argument("--root", type=Path, metavar="PEM", help="the organisation's root certificate")
    anchor.add_argument("--vault", dest="verify_vault", type=Path, metavar="DIR", help="take root certificate and register from this vault")
    verify.add_argument("--json", action="store_true", help="print everything as JSON")
    verify.set_defaults(run=_verify)

    add_template_commands(commands)
    add_import_command(commands)

    report = commands.add_parser("report", help="write a case's latest report from a vault to a file")
    report.add_argument("case", help="case number, such as 2026-001")
    report.add_argument("--vault", dest="report_vault", type=Path, required=True, metavar="DIR")
    report.add_argument("--report-language", choices=LANGUAGES, help="which language's report (default: the one there is)")
    report.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: case, partner and language, here)")
    report.set_defaults(run=_report)

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


def _verify(parsed: argparse.Namespace, words: Language) -> int:
    from desktop.reports.anchor import NotACertificate
    from desktop.reports.verdict_words import verdict_lines

    root_pem: bytes | None = None
    registered: frozenset[str] | None = None
    if parsed.verify_vault is not None:
        root_pem, registered = _anchor_of(parsed.verify_vault, words)
    elif parsed.root is not None:
        try:
            root_pem = parsed.root.read_bytes()
        except OSError as error:
            print(words.text(N_("{file} cannot be read: {why}"), file=parsed.root, why=error.strerror), file=sys.stderr)
            return UNREADABLE
    try:
        verdict = verifying_child.run_limited(parsed.file, root_pem=root_pem, registered=registered)
    except NotACertificate as error:
        print(words.error(error), file=sys.stderr)
        return UNREADABLE
    if parsed.json:
        print(verdict.to_json())
    else:
        for line in verdict_lines(verdict, words):
            print(line)
    return verdict.exit_code


def _anchor_of(folder: Path, words: Language) -> tuple[bytes, frozenset[str]]:
    from desktop.operations import vaults
    from models.report import registered_hashes

    opened = _open(folder, words)
    try:
        return vaults.organisation().root_pem.encode("ascii"), registered_hashes()
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


def _report(parsed: argparse.Namespace, words: Language) -> int:
    from desktop.operations import assessments, reporting

    opened = _open(parsed.report_vault, words)
    try:
        card = next((card for card in assessments.assessment_rows() if card.case_number == parsed.case), None)
        if card is None:
            print(words.text(N_("There is no case {case} in this vault."), case=parsed.case), file=sys.stderr)
            return UNREADABLE
        file = assessments.assessment_file(assessment_id=card.id)
        found = [one for one in file.reports if parsed.report_language in (None, one.language)]
        if not found:
            print(words.text(N_("Case {case} has no report in that language yet."), case=parsed.case), file=sys.stderr)
            return INCOMPLETE
        latest = found[-1]
        out = parsed.out or Path(reporting.file_name(file, latest.language))
        reporting.export_report(report_id=latest.id, path=out)
        print(json.dumps({"file": str(out.resolve()), "sha256": latest.sha256, "revision": latest.revision}, ensure_ascii=False))
        return OK
    finally:
        opened.vault.close()
