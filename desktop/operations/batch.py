"""Many reports at once: each is found in the register or made, and written to a folder, whole or not at all.

Each document takes three steps, so that a window can do the long one in its second thread: ``read_case`` and ``write`` touch the vault,
``look_up`` never does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from uuid import UUID

from desktop.operations.handing_out import NameTaken, require_folder, write_handed_out, write_whole
from desktop.operations.reporting import document_meant, file_name, name_for, preview, registered, require_offered, sealed_file
from desktop.operations.sealed_cases import common_languages
from desktop.operations.wanted import ENTERED, NotMade, NotSigned, Terms, Wanted, Written
from desktop.reports.chosen import MAIN, Chosen
from forms.errors import GedigenError
from forms.text import N_
from models import casefile, report, sealing
from models.actor import Actor
from models.cards import AssessmentFile, ReportCard
from models.document_kind import PARTNER_DRAFT, PUBLIC_RECORD
from models.errors import ActRefused
from models.identity import OrganisationCard, organisation


@dataclass(frozen=True)
class Ready:
    """A document's case, read whole."""

    wanted: Wanted
    file: AssessmentFile = field(repr=False)
    organisation: OrganisationCard = field(repr=False)


@dataclass(frozen=True)
class Found:
    """The registered revisions of a document, or else its pages, which are not registered yet."""

    ready: Ready
    chain: tuple[ReportCard, ...]
    pdf: bytes = field(default=b"", repr=False)


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


def require_kind(*, chosen: Chosen, confirmed: bool) -> None:
    """Make sure that documents of this kind may be made in heaps. Raises ``ActRefused``."""
    if chosen.kind == PARTNER_DRAFT:
        raise ActRefused(N_("Draft findings are exported one by one, as they are shown. Nothing was written."))
    if chosen.kind == PUBLIC_RECORD and not confirmed:
        raise ActRefused(N_("A public record cannot be called back. Confirm that you have read what it shows; nothing was written."))


def names_taken(*, folder: Path, wanted: Iterable[Wanted]) -> tuple[str, ...]:
    """Give the names of these documents' files that are in the folder already; touches no database.

    Raises ``RecordRefused`` for a folder that cannot be written to.
    """
    require_folder(folder)
    return tuple(name for name in map(_name, wanted) if (folder / name).exists())


def read_case(*, wanted: Wanted) -> Ready:
    """Read the case of a document. Raises ``RecordRefused`` when it is not sealed, or the document may not be made of it."""
    file = sealed_file(wanted.assessment)
    require_offered(file, wanted.chosen)
    return Ready(wanted, file, organisation())


def look_up(*, ready: Ready, terms: Terms, can_make: bool) -> Found:
    """Find the registered revisions of a document, or lay it out; touches no database.

    Raises ``NotSigned`` when only signed ones are wanted and nobody has, ``NotMade`` when it is not there and cannot be made.
    """
    asked = ready.wanted
    chain = registered(file=ready.file, language_code=asked.language, organisation_card=ready.organisation, chosen=asked.chosen)
    if not terms.unsigned and not any(card.signed_as for card in chain):
        raise NotSigned(N_("Nobody has signed it as it would be now."))
    if chain:
        return Found(ready, chain)
    if not can_make:
        raise NotMade(N_("It has not been made yet; name the person who makes it."))
    pdf = preview(file=ready.file, language_code=asked.language, organisation_card=ready.organisation, chosen=asked.chosen)
    return Found(ready, (), pdf)


def write(*, actor: Actor | None, found: Found, terms: Terms) -> Written:
    """Register a document that is new, and write it; enter in the audit trail what goes to the partner or the public.

    A file that is there already is left if it is the same, else as the terms say. Raises ``NameTaken`` for one that stays,
    ``NotWritten`` (see ``handing_out``) with what stood in the way, and ``ActRefused`` where a person is needed. The partner may have been
    protected and the report signed since it was looked up, so both are seen to once more.
    """
    ready = found.ready
    asked = ready.wanted
    now = casefile.read(asked.assessment)
    require_offered(now, asked.chosen)
    meant = document_meant(file=ready.file, language_code=asked.language, organisation_card=ready.organisation, chosen=asked.chosen)
    chain = report.chain_of(meant)
    is_new = not chain
    if not chain:
        if actor is None:
            raise NotMade(N_("It has not been made yet; name the person who makes it."))
        sealing.require_whole(asked.assessment)
        report.put(actor=actor, document=meant, pdf=found.pdf)
        chain = report.chain_of(meant)
    newest, signed = chain[-1], tuple(card.signed_as for card in chain if card.signed_as)
    pdf = report.pdf_bytes(newest.id)
    path = terms.folder / file_name(now, asked.language, asked.chosen)
    if _holds(path, pdf):
        return Written(path, newest.sha256, signed, was_there=True, is_new=is_new)
    if asked.chosen.kind in ENTERED:
        if actor is None:
            raise ActRefused(N_("What goes to a partner or the public is entered in the audit trail by a person. Nothing was written."))
        kind, part, language = asked.chosen.kind, asked.chosen.part, asked.language
        put = partial(write_handed_out, actor=actor, assessment=asked.assessment, kind=kind, part=part, language=language)
        placed = _place(put, path, pdf, terms)
    else:
        placed = _place(write_whole, path, pdf, terms)
    return Written(placed, newest.sha256, signed, is_new=is_new)


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

    For callers without a window: the three steps after each other. What is registered is written as it is, the newest revision, over
    a file of the same name; what is not is made by the actor, and left out without one. A fault with one stops none of the others.
    ``progress`` is told how many of how many are done, ``cancelled`` asked before each. Raises ``ActRefused`` for public records whose
    warning was not confirmed, and for a document that is not made of sealed assessments.
    """
    require_kind(chosen=chosen, confirmed=confirmed)
    if actor is None and chosen.kind in ENTERED:
        raise ActRefused(N_("What goes to a partner or the public is entered in the audit trail by a person. Nothing was written."))
    terms = Terms(folder, unsigned=True, taken="replace", asked=None)
    every = [one for assessment in assessments for one in _wanted(casefile.read(assessment), languages, chosen)]
    written: list[Written] = []
    left_out: list[LeftOut] = []
    for done, one in enumerate(every):
        progress(done, len(every))
        if cancelled():
            return Batch(tuple(written), tuple(left_out), cancelled=True)
        try:
            found = look_up(ready=read_case(wanted=one), terms=terms, can_make=actor is not None)
            written.append(write(actor=actor, found=found, terms=terms))
        except GedigenError as error:
            left_out.append(LeftOut(one.case_number, one.language, error))
    progress(len(every), len(every))
    return Batch(tuple(written), tuple(left_out))


def _wanted(file: AssessmentFile, languages: Sequence[str], chosen: Chosen) -> tuple[Wanted, ...]:
    """Give the documents in those languages that all instruments of a sealed assessment have; none of one that is not sealed."""
    if file.seal is None:
        return ()
    offered = common_languages([seen.template.languages for seen in file.each()])
    one = Wanted(file.card.id, file.card.case_number, file.partner.name, "", chosen)
    return tuple(replace(one, language=code) for code in offered if not languages or code in languages)


def _name(one: Wanted) -> str:
    return name_for(one.case_number, one.partner, one.language, one.chosen)


def _holds(path: Path, pdf: bytes) -> bool:
    """Tell whether this very file is there."""
    try:
        return path.stat().st_size == len(pdf) and path.read_bytes() == pdf
    except OSError:
        return False


def _place(put: Callable[..., None], path: Path, pdf: bytes, terms: Terms) -> Path:
    """Write a file by its name, or beside one of that name by the next number; gives where. ``put`` is one of ``handing_out``'s."""
    if terms.taken != "beside":
        put(path, pdf, replaces=terms.replaces(path.name))
        return path
    for number in count(1):
        tried = path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")
        try:
            put(tried, pdf, replaces=False)
        except NameTaken:
            continue
        return tried
    raise AssertionError("numbers do not end")
