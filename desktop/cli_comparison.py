"""``gedigen report --kind comparison``: a partner over the years, from a vault to a file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.language import Language
from forms.text import N_

if TYPE_CHECKING:
    from uuid import UUID

    from models.actor import Actor
    from models.cards import AssessmentCard, PartnerRow

OK, INCOMPLETE, USAGE, UNREADABLE = 0, 2, 64, 66


def add_comparison_options(report: argparse.ArgumentParser) -> None:
    """Add what a comparison is told beside the other options of the command."""
    report.add_argument("--partner", metavar="NAME", help="with --kind comparison: whose assessments are compared")
    report.add_argument(
        "--compare",
        action="append",
        default=[],
        metavar="CASE",
        help="with --kind comparison: a case number (give two or more; default: all sealed ones that nothing replaces)",
    )


def is_usage_wrong(parsed: argparse.Namespace) -> str:
    """Say what is wrong with how the options go together; empty when nothing is."""
    if parsed.kind != "comparison":
        wrong = parsed.partner or parsed.compare
        return N_("--partner and --compare go with --kind comparison.") if wrong else ""
    if parsed.case or parsed.every or not parsed.partner:
        return N_("A comparison is of one partner: give --partner NAME, and neither a case number nor --all.")
    return ""


def write_comparison(parsed: argparse.Namespace, words: Language, actor: Actor | None) -> int:
    """Write the comparison that is registered, or make it first if somebody is named; prints file, SHA-256 and revision as JSON."""
    from desktop.operations import comparing, partners, reporting
    from models.document_kind import Part

    partner = _partner(parsed.partner, partners.partner_rows())
    if partner is None:
        print(words.text(N_("There is no partner called {name} in this vault."), name=parsed.partner), file=sys.stderr)
        return UNREADABLE
    cases = partners.partner_page(partner_id=partner.id).assessments
    chosen = _chosen(parsed.compare, cases)
    if isinstance(chosen, str):
        print(words.text(N_("{partner} has no case {case}."), partner=partner.name, case=chosen), file=sys.stderr)
        return UNREADABLE
    part: Part = 2 if parsed.archive == "2a" else 3
    ones = comparing.compared_ones(partner_id=partner.id, assessments=chosen)
    offered = comparing.comparison_languages(ones)
    wanted = (parsed.report_language,) if parsed.report_language else offered
    if actor is not None and wanted:
        comparing.make_comparison(actor=actor, partner_id=partner.id, language_code=wanted[0], assessments=chosen, part=part)
        ones = comparing.compared_ones(partner_id=partner.id, assessments=chosen)
    chains = [comparing.registered_comparison(ones=ones, language_code=code, part=part) for code in wanted]
    found = [chain[-1] for chain in chains if chain]
    if not found:
        print(
            words.text(N_("This comparison has not been made in that language yet; name the person who makes it (--by).")), file=sys.stderr
        )
        return INCOMPLETE
    latest = found[-1]
    out = parsed.out or Path(comparing.comparison_file_name(ones, latest.language, part))
    reporting.export_report(report_id=latest.id, path=out)
    print(json.dumps({"file": str(out.resolve()), "sha256": latest.sha256, "revision": latest.revision}, ensure_ascii=False))
    return OK


def _partner(name: str, rows: tuple[PartnerRow, ...]) -> PartnerRow | None:
    """Find a partner by the name that lists show; a protected one only by its cover name."""
    wanted = " ".join(name.casefold().split())
    return next((one for one in rows if " ".join(one.name.casefold().split()) == wanted), None)


def _chosen(numbers: list[str], cases: tuple[AssessmentCard, ...]) -> list[UUID] | str:
    """Give the assessments by their case numbers, or the first number that there is none of."""
    known = {one.case_number: one.id for one in cases}
    lacking = next((one for one in numbers if one not in known), None)
    return lacking if lacking is not None else [known[one] for one in numbers]
