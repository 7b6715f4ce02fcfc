"""The command ``gedigen report``: a document of one case, or of all, from a vault to files."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.cli_comparison import add_comparison_options, is_usage_wrong, write_comparison
from desktop.language import LANGUAGES, Language
from forms.text import N_

if TYPE_CHECKING:
    from desktop.operations.vaults import Opened
    from desktop.reports.chosen import Chosen
    from models.actor import Actor
    from models.cards import AssessmentFile

OK, INCOMPLETE, USAGE, UNREADABLE = 0, 2, 64, 66
_KINDS = {
    "full": "full_report",
    "board": "board_page",
    "draft": "partner_draft",
    "feedback": "partner_feedback",
    "public": "public_record",
}
_SHOWN = ("comments", "judged", "risks")


def add_report_command(commands: Any, *, opener: Callable[[Path, Language], Opened]) -> None:
    """Add the command; ``opener`` opens a vault."""
    report = commands.add_parser("report", help="write a document of a case, or of all cases, from a vault to files")
    report.add_argument("case", nargs="?", help="case number, such as 2026-001")
    report.add_argument("--all", action="store_true", dest="every", help="of every sealed case, in every language they can be in")
    report.add_argument("--vault", dest="report_vault", type=Path, required=True, metavar="DIR")
    report.add_argument("--kind", choices=(*_KINDS, "comparison"), default="full", help="which kind of document (default: the full report)")
    report.add_argument("--archive", choices=("2a", "3a"), default="3a", help="2a: for archives that refuse attachments")
    report.add_argument(
        "--show", action="append", choices=_SHOWN, default=[], help="what a partner's version shows of what is confidential"
    )
    report.add_argument("--reply-by", type=date.fromisoformat, metavar="DAY", help="by when draft findings are to be answered")
    report.add_argument("--report-language", choices=LANGUAGES, help="which language's (default: the one there is)")
    report.add_argument("--by", metavar="NAME", help="who makes it or hands it out; asks for that person's passphrase")
    report.add_argument("--confirm", action="store_true", help="you have read what a public record shows, and it may be made public")
    report.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: case, partner and language, here)")
    report.add_argument("--folder", type=Path, metavar="DIR", help="with --all: where to write them; made if it is not there")
    add_comparison_options(report)
    report.set_defaults(run=lambda parsed, words: _report(parsed, words, opener))


def _report(parsed: argparse.Namespace, words: Language, opener: Callable[[Path, Language], Opened]) -> int:
    if wrong := is_usage_wrong(parsed):
        print(words.text(wrong), file=sys.stderr)
        return USAGE
    if parsed.kind != "comparison" and (parsed.every == bool(parsed.case) or (parsed.every and parsed.folder is None)):
        print(words.text(N_("Give a case number, or --all with --folder.")), file=sys.stderr)
        return USAGE
    if parsed.kind == "public" and not parsed.confirm:
        from desktop.reports.public_warning import public_warning

        for sentence in public_warning(words):
            print(f"- {sentence}", file=sys.stderr)
        print(words.text(N_("Give --confirm when you have read this and it may be made public. Nothing was written.")), file=sys.stderr)
        return USAGE
    opened = opener(parsed.report_vault, words)
    try:
        actor = _actor(parsed.by, words) if parsed.by else None
        if parsed.kind == "comparison":
            return write_comparison(parsed, words, actor)
        return _all(parsed, words, actor) if parsed.every else _one(parsed, words, actor)
    finally:
        opened.vault.close()


def _actor(name: str, words: Language) -> Actor:
    from desktop.operations import vaults
    from models.errors import RecordRefused

    found = [one for one in vaults.people() if one.active and name in (one.name, one.email)]
    if len(found) != 1:
        raise RecordRefused(N_("There is nobody called {name} in this vault. Nothing was written."), name=name)
    return vaults.unlock_person(person_id=found[0].id, passphrase=getpass.getpass(words.text(N_("Passphrase: "))))


def _chosen(parsed: argparse.Namespace) -> Chosen:
    from desktop.reports.chosen import Chosen, Ticks
    from models.document_kind import KINDS

    kind = next(one for one in KINDS if one.name == _KINDS[parsed.kind])
    return Chosen(kind, 2 if parsed.archive == "2a" else 3, Ticks(**dict.fromkeys(parsed.show, True)), parsed.reply_by)


def _one(parsed: argparse.Namespace, words: Language, actor: Actor | None) -> int:
    from desktop.operations import assessments, reporting, vaults

    card = next((card for card in assessments.assessment_rows() if card.case_number == parsed.case), None)
    if card is None:
        print(words.text(N_("There is no case {case} in this vault."), case=parsed.case), file=sys.stderr)
        return UNREADABLE
    file, chosen = assessments.assessment_file(assessment_id=card.id), _chosen(parsed)
    if parsed.kind == "draft":
        return _draft(parsed, words, actor, file, chosen)
    languages = (parsed.report_language,) if parsed.report_language else _languages(file)
    organisation = vaults.organisation()
    if actor is not None and file.seal is not None:
        reporting.make_report(actor=actor, assessment_id=card.id, language_code=languages[0], chosen=chosen)
        file = assessments.assessment_file(assessment_id=card.id)
    found = [
        chain[-1]
        for code in languages
        if (chain := reporting.registered(file=file, language_code=code, organisation_card=organisation, chosen=chosen))
    ]
    if not found:
        print(words.text(N_("Case {case} has no report in that language yet."), case=parsed.case), file=sys.stderr)
        return INCOMPLETE
    latest = found[-1]
    out = parsed.out or Path(reporting.file_name(file, latest.language, chosen))
    if parsed.kind in ("feedback", "public"):
        reporting.hand_out(actor=_needed(actor), report_id=latest.id, path=out, confirmed=parsed.confirm)
    else:
        reporting.export_report(report_id=latest.id, path=out)
    print(json.dumps({"file": str(out.resolve()), "sha256": latest.sha256, "revision": latest.revision}, ensure_ascii=False))
    return OK


def _languages(file: AssessmentFile) -> tuple[str, ...]:
    return tuple(
        code for code in file.template.languages if code in LANGUAGES and all(code in one.template.languages for one in file.each())
    )


def _needed(actor: Actor | None) -> Actor:
    from models.errors import ActRefused

    if actor is None:
        raise ActRefused(N_("What goes to a partner or the public is entered in the audit trail by a person. Nothing was written."))
    return actor


def _draft(parsed: argparse.Namespace, words: Language, actor: Actor | None, file: AssessmentFile, chosen: Chosen) -> int:
    import hashlib

    from desktop.operations import reporting, vaults

    code = parsed.report_language or words.code
    pdf = reporting.preview(file=file, language_code=code, organisation_card=vaults.organisation(), chosen=chosen)
    out = parsed.out or Path(reporting.file_name(file, code, chosen))
    reporting.hand_out_draft(
        actor=_needed(actor), assessment_id=file.card.id, partner_rev=file.partner.rev, language_code=code, pdf=pdf, path=out
    )
    print(json.dumps({"file": str(out.resolve()), "sha256": hashlib.sha256(pdf).hexdigest()}, ensure_ascii=False))
    return OK


def _all(parsed: argparse.Namespace, words: Language, actor: Actor | None) -> int:
    from desktop.operations import assessments
    from desktop.operations.batch import make_reports
    from desktop.operations.handing_out import is_in_vault

    if not is_in_vault(parsed.folder / "any"):
        with suppress(OSError):  # what stands in the way is then said of each document
            parsed.folder.mkdir(exist_ok=True)
    cases: list[UUID] = [card.id for card in assessments.assessment_rows()]
    batch = make_reports(
        actor=actor,
        assessments=cases,
        folder=parsed.folder,
        languages=(parsed.report_language,) if parsed.report_language else (),
        chosen=_chosen(parsed),
        confirmed=parsed.confirm,
        progress=lambda done, every: print(f"\r{done}/{every}", end="" if done < every else "\n", file=sys.stderr, flush=True),
    )
    for one in batch.left_out:
        why = words.error(one.why)
        print(words.text(N_("{case} ({language}): {why}"), case=one.case_number, language=one.language, why=why), file=sys.stderr)
    print(json.dumps([{"file": str(one.file.resolve()), "sha256": one.sha256} for one in batch.written], ensure_ascii=False))
    return INCOMPLETE if batch.left_out else OK
