"""Read a sealed record that another organisation wrote: taken out of its report within limits, scored again, and boiled down to facts.

Everything here is for a report that a verification has found valid: its record was read and scored in the child process then, within that
one's limits on time and memory, so doing it again takes no more.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
import pikepdf
from msgspec import Meta

from desktop.reports.recomputed import NotARecord, Recomputed, recompute
from forms.errors import GedigenError
from forms.recommendation import DECISIONS
from forms.template import CAPACITY, RISK
from forms.text import N_
from models.cards import PartnerDraft
from models.imported_cards import ImportedFacts

#: No sealed record of Gedigen comes near this many bytes.
LARGEST_RECORD = 16 * 1024 * 1024

_Line = Annotated[str, Meta(max_length=400)]
_Code = Annotated[str, Meta(max_length=40)]


class ReportRefused(GedigenError):
    """A report that cannot be kept as another organisation's assessment; nothing was kept."""


class _Named(msgspec.Struct):
    name: _Line


class _Assessment(msgspec.Struct):
    id: UUID
    case_number: _Line
    kind: _Code
    as_of: date
    caseworker: _Named


class _Partner(msgspec.Struct):
    name: _Line
    country: Annotated[str, Meta(max_length=2)]
    legal_form: _Line = ""
    former_names: Annotated[list[_Line], Meta(max_length=50)] = []
    registration_scheme: _Code = ""
    registration_number: _Line = ""
    website: _Line = ""


class _Project(msgspec.Struct):
    title: _Line


class _Head(msgspec.Struct):
    vault: UUID
    assessment: _Assessment
    partner: _Partner
    project: _Project | None


@dataclass(frozen=True)
class Received:
    """A record of another organisation: which vault and assessment it is, what lists show, who the partner is, and its Result again.

    ``partner`` holds what may begin a partner here: names and identity, neither people nor accounts nor notes.
    """

    vault: UUID
    assessment: UUID
    facts: ImportedFacts
    partner: PartnerDraft
    recomputed: Recomputed


def attached_file(pdf: bytes, name: str, *, most: int = LARGEST_RECORD) -> bytes:
    """Take an attachment out of a PDF without unpacking more than ``most`` bytes. Raises ``ReportRefused``."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            if name not in file.attachments:
                raise ReportRefused(
                    N_("The report carries no record, so there is nothing to keep. Ask for the full report with its record.")
                )
            stream = file.attachments[name].obj.EF.F
            packed, filters = stream.read_raw_bytes(), stream.get("/Filter")
            if len(packed) > most:
                raise _too_big()
            if filters is None:
                return bytes(packed)
            if (
                filters not in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode]))
                or stream.get("/DecodeParms") is not None
            ):
                raise _unreadable()
            unpacking = zlib.decompressobj()
            content = unpacking.decompress(packed, most + 1)
    except (pikepdf.PdfError, zlib.error, AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error
    if len(content) > most:
        raise _too_big()
    return content


def received(record: bytes) -> Received:
    """Read and score a record again. Raises ``ReportRefused`` for one that Gedigen did not write, or that does not come to what it says."""
    if len(record) > LARGEST_RECORD:
        raise _too_big()
    try:
        head = msgspec.json.decode(record, type=_Head)
        recomputed = recompute(record)
    except (msgspec.MsgspecError, ValueError, RecursionError, NotARecord) as error:
        raise _unreadable() from error
    if not all(one.is_template_whole and one.is_result_same for one in recomputed.instruments):
        raise ReportRefused(N_("The record inside the report does not come to the result that it states. Nothing was kept."))
    partner = head.partner
    return Received(
        vault=head.vault,
        assessment=head.assessment.id,
        facts=_facts(head, recomputed),
        partner=PartnerDraft(
            name=partner.name,
            country=partner.country,
            legal_form=partner.legal_form,
            former_names=tuple(partner.former_names),
            registration_scheme=partner.registration_scheme,
            registration_number=partner.registration_number,
            website=partner.website,
        ),
        recomputed=recomputed,
    )


def _facts(head: _Head, recomputed: Recomputed) -> ImportedFacts:
    results, main = [one.result for one in recomputed.instruments], recomputed.instruments[0]
    bands = {subject.subject: subject.score.band for subject in main.result.subjects}
    own_words = any(band is not None and band not in CAPACITY + RISK for band in bands.values())
    rules = main.template.subjects
    said: dict[str, Any] = {one: main.template.bands[rule.bands] for one, rule in rules.items()} if own_words else {}
    return ImportedFacts(
        case_number=head.assessment.case_number,
        kind=head.assessment.kind,
        as_of=head.assessment.as_of,
        partner_name=head.partner.name,
        project_title=head.project.title if head.project is not None else "",
        caseworker=head.assessment.caseworker.name,
        template=dict(main.template.name),
        organisation_band=bands.get("organisation"),
        project_band=bands.get("project"),
        stops=sum(len(result.stops) for result in results),
        asked=sum(result.completeness.asked for result in results),
        answered=sum(result.completeness.answered for result in results),
        recommended=recomputed.decision if recomputed.decision in DECISIONS else "",
        tables=said,
    )


def _too_big() -> ReportRefused:
    return ReportRefused(N_("The record inside the report is larger than any that Gedigen writes. Nothing was kept."))


def _unreadable() -> ReportRefused:
    return ReportRefused(N_("The record inside the report cannot be read as one that Gedigen writes. Nothing was kept."))
