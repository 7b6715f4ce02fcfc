"""``gedigen import``: keep another organisation's full report as a sealed assessment, without a window."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.cli_verify import add_given
from desktop.language import Language
from forms.text import N_

if TYPE_CHECKING:
    from desktop.operations.importing import Checked

OK, INVALID, INCOMPLETE, UNREADABLE = 0, 1, 2, 66


def add_import_command(commands: Any) -> None:
    """Add the command to the program's parser."""
    made = commands.add_parser("import", help="keep another organisation's full report in a vault, as an assessment that is only read")
    made.add_argument("file", type=Path, metavar="REPORT", help="the signed full report")
    made.add_argument("--vault", dest="import_vault", type=Path, required=True, metavar="DIR")
    made.add_argument("--root", type=Path, required=True, metavar="PEM", help="the other organisation's root certificate")
    add_given(made)
    made.add_argument(
        "--partner", metavar="NAME", help="name or registration number of the partner here that it is about (default: the same)"
    )
    made.set_defaults(run=_import)


def _import(parsed: argparse.Namespace, words: Language) -> int:
    from desktop.operations import importing, vaults
    from desktop.reports.anchor import NotACertificate
    from desktop.reports.imported_record import ReportRefused
    from desktop.shell.given import Given
    from desktop.verify.given import grounds_of

    passphrase = getpass.getpass(words.text(N_("Passphrase: ")))
    opened = vaults.open_vault(folder=parsed.import_vault, passphrase=passphrase, use_keyring=False)
    try:
        # The authorities that the vault knows and their lists count too, as they do in the window.
        beside = grounds_of(Given(clocks=tuple(parsed.tsa_root), lists=tuple(parsed.crl)), vault_is_open=True)
        checked = importing.check_report(
            path=parsed.file, root=parsed.root, tsa_roots_pem=beside.tsa_roots_pem, revocation_lists=beside.revocation_lists
        )
        found = _partners(checked, parsed.partner)
        if len(found) > 1 or (parsed.partner and not found):
            said = N_("No partner in this vault is {name}. Nothing was kept.")
            if found:
                said = N_("Several partners in this vault may be {name}. Nothing was kept; name one by --partner.")
            print(words.text(said, name=parsed.partner or checked.partner.name), file=sys.stderr)
            return INCOMPLETE
        if opened.actor is None:
            return UNREADABLE
        change = importing.keep_report(actor=opened.actor, checked=checked, partner_id=found[0] if found else None)
        kept = {"imported": str(change.made), "partner": str(change.partner), "organisation": checked.origin.organisation}
        print(json.dumps({**kept, "root_sha256": checked.origin.root_sha256}, ensure_ascii=False))
    except (ReportRefused, NotACertificate) as error:
        print(words.error(error), file=sys.stderr)
        return INVALID if isinstance(error, ReportRefused) else UNREADABLE
    finally:
        opened.vault.close()
    return OK


def _partners(checked: Checked, named: str | None) -> tuple[UUID, ...]:
    """Find the partners here that were named, or that the record is likely about."""
    from desktop.operations import importing
    from models import imported

    if named is None:
        return importing.place(checked=checked).likely
    by_number = tuple(one.id for one in importing.place(checked=checked).partners if named == one.draft.registration_number)
    return by_number or imported.likely_partners(name=named, scheme="", number="")
