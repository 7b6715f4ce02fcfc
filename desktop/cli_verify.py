"""``gedigen verify``: check that a file is the report that was signed, with a vault or with nothing but a root certificate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.language import Language
from forms.text import N_

if TYPE_CHECKING:
    from desktop.reports.grounds import Grounds
    from desktop.reports.verdict import Verdict

USAGE, UNREADABLE = 64, 66
_LARGEST_GIVEN = 16 * 1024 * 1024

#: Opens a vault, gives its grounds and closes it again.
Opening = Callable[[Path, Language], "Grounds"]


def add_verify_command(commands: Any, *, opening: Opening) -> None:
    """Add the command to the program's parser."""
    verify = commands.add_parser("verify", help="check that a report is the one that was signed")
    verify.add_argument("file", type=Path)
    anchor = verify.add_mutually_exclusive_group()
    anchor.add_argument("--root", type=Path, metavar="PEM", help="the organisation's root certificate")
    anchor.add_argument(
        "--vault",
        dest="verify_vault",
        type=Path,
        metavar="DIR",
        help="take root certificates, revocation list and registers from this vault",
    )
    add_given(verify)
    verify.add_argument(
        "--full-report",
        type=Path,
        metavar="PDF",
        action="append",
        default=[],
        help="the full report that an extract or a decision says it belongs to, or each one behind a comparison; it is verified first",
    )
    verify.add_argument("--json", action="store_true", help="print everything as JSON")
    verify.set_defaults(run=lambda parsed, words: _verify(parsed, words, opening))


def add_given(command: argparse.ArgumentParser) -> None:
    """Add what a file can be judged by beside a root certificate: ``tsa_root`` and ``crl``, each a list of paths."""
    command.add_argument(
        "--tsa-root",
        type=Path,
        metavar="PEM",
        action="append",
        default=[],
        help="root certificate of a timestamp authority (may be given several times)",
    )
    command.add_argument(
        "--crl",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="a revocation list of the organisation or of a timestamp authority (may be given several times)",
    )


class _Refused(Exception):
    """Ends the command; what there is to say has been said."""


def _verify(parsed: argparse.Namespace, words: Language, opening: Opening) -> int:
    from desktop.reports.anchor import NotACertificate
    from desktop.reports.verdict_words import verdict_lines

    try:
        verdict = _judge(parsed, words, opening)
    except NotACertificate as error:
        print(words.error(error), file=sys.stderr)
        return UNREADABLE
    except _Refused:
        return UNREADABLE
    if parsed.json:
        print(verdict.to_json())
    else:
        for line in verdict_lines(verdict, words):
            print(line)
    return verdict.exit_code


def _judge(parsed: argparse.Namespace, words: Language, opening: Opening) -> Verdict:
    from desktop.reports.grounds import Grounds, verify_file

    grounds = opening(parsed.verify_vault, words) if parsed.verify_vault is not None else Grounds()
    if parsed.root is not None:
        grounds = replace(grounds, root_pem=_read(parsed.root, words))
    grounds = replace(
        grounds,
        tsa_roots_pem=(*grounds.tsa_roots_pem, *(_read(one, words) for one in parsed.tsa_root)),
        revocation_lists=(*grounds.revocation_lists, *(_read(one, words) for one in parsed.crl)),
    )
    if parsed.full_report:
        records = frozenset().union(*(_record_of(one, grounds, words) for one in parsed.full_report))
        grounds = replace(grounds, sealed_records=records)
    return verify_file(parsed.file, grounds)


def _record_of(full: Path, grounds: Grounds, words: Language) -> frozenset[str]:
    """Give the digest of the record in a full report that holds; one that does not is nothing to compare with."""
    from desktop.reports.grounds import verify_file

    verdict = verify_file(full, replace(grounds, registered=None))
    if verdict.status != "valid" or verdict.kind != "full_report" or verdict.file.attachment_sha256 is None:
        message = N_(
            "{file} is not a valid full report with its record inside, so nothing was compared with it. Verify it by itself first."
        )
        print(words.text(message, file=full), file=sys.stderr)
        raise _Refused
    return frozenset({verdict.file.attachment_sha256})


def _read(path: Path, words: Language) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(_LARGEST_GIVEN)
    except OSError as error:
        print(words.text(N_("{file} cannot be read: {why}"), file=path, why=error.strerror), file=sys.stderr)
        raise _Refused from error
