"""Many reports at once: each is found in the register or made, and written to a folder, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desktop.language import LANGUAGES
from desktop.operations.handing_out import write_handed_out, write_whole
from desktop.operations.reporting import file_name, make_report, registered, require_offered
from desktop.reports.chosen import MAIN, Chosen
from forms.errors import GedigenError
from forms.text import N_
from models import casefile, report
from models.actor import Actor
from models.cards import AssessmentFile
from models.document_kind import PARTNER_DRAFT, PARTNER_FEEDBACK, PUBLIC_RECORD
from models.errors import ActRefused
from models.identity import organisation

#: What goes to the partner or the public, so that it is entered in the audit trail.
_ENTERED = (PARTNER_FEEDBACK, PUBLIC_RECORD)


@dataclass(frozen=True)
class Written:
    """A file that was written, with its SHA-256 (hexadecimal)."""

    file: Path
    sha256: str


@dataclass(frozen=True)
class LeftOut:
    """A report that was not written, and why; ``why`` is to be worded as any error."""

    case_number: str
    language: str
    why: GedigenError


@dataclass(frozen=True)
class Batch:
    """What came of it. ``cancelled``: the user stopped it; what is written stays."""

    written: tuple[Written, ...]
    left_out: tuple[LeftOut, ...]
    cancelled: bool = False


class NotMade(GedigenError):
    """A report has not been made yet, and nobody is here to make it."""


def make_reports(
    *,
    actor: Actor | None,
    assessments: Sequence[UUID],
    folder: Path,
    languages: Sequence[str] = (),
    chosen: Chosen = MAIN,
    confirmed: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Batch:
    """Write the reports of sealed assessments to a folder, in the wanted languages (default: all that each can be in).

    What is registered is written as it is, the newest revision; what is not is made by the actor, and left out without one. A fault with
    one stops none of the others. ``progress`` is told how many of how many are done, ``cancelled`` asked before each. Raises
    ``ActRefused`` for public records whose warning was not confirmed, and for a document that is not made of sealed assessments.
    """
    if chosen.kind == PARTNER_DRAFT:
        raise ActRefused(N_("Draft findings are exported one by one, as they are shown. Nothing was written."))
    if chosen.kind == PUBLIC_RECORD and not confirmed:
        raise ActRefused(N_("A public record cannot be called back. Confirm that you have read what it shows; nothing was written."))
    if actor is None and chosen.kind in _ENTERED:
        raise ActRefused(N_("What goes to a partner or the public is entered in the audit trail by a person. Nothing was written."))
    wanted = [(one, code) for one in assessments for code in _languages(casefile.read(one), languages)]
    written: list[Written] = []
    left_out: list[LeftOut] = []
    for done, (assessment, code) in enumerate(wanted):
        progress(done, len(wanted))
        if cancelled():
            return Batch(tuple(written), tuple(left_out), cancelled=True)
        try:
            written.append(_write(actor, assessment, code, folder, chosen))
        except GedigenError as error:
            left_out.append(LeftOut(casefile.read(assessment).card.case_number, code, error))
    progress(len(wanted), len(wanted))
    return Batch(tuple(written), tuple(left_out))


def _write(actor: Actor | None, assessment: UUID, code: str, folder: Path, chosen: Chosen) -> Written:
    file = casefile.read(assessment)
    require_offered(file, chosen)
    chain = registered(file=file, language_code=code, organisation_card=organisation(), chosen=chosen)
    if chain:
        made = chain[-1].id
    elif actor is not None:
        newly = make_report(actor=actor, assessment_id=assessment, language_code=code, chosen=chosen).made
        assert newly is not None  # noqa: S101 - an operation that makes something says what
        made = newly
    else:
        raise NotMade(N_("It has not been made yet; name the person who makes it."))
    path, (_, card), pdf = folder / file_name(file, code, chosen), report.document_of(made), report.pdf_bytes(made)
    if actor is not None and chosen.kind in _ENTERED:
        write_handed_out(path, pdf, actor=actor, assessment=assessment, kind=chosen.kind, part=chosen.part, language=code)
    else:
        write_whole(path, pdf)
    return Written(path, card.sha256)


def _languages(file: AssessmentFile, wanted: Sequence[str]) -> tuple[str, ...]:
    """Give the languages that all instruments of a sealed assessment have, of those that are wanted; none of one that is not sealed."""
    if file.seal is None:
        return ()
    each = [seen.template.languages for seen in file.each()]
    offered = tuple(code for code in each[0] if code in LANGUAGES and all(code in one for one in each))
    return tuple(code for code in offered if not wanted or code in wanted)
