"""A partner over the years: read what is compared, preview it, make it, sign it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from desktop.language import LANGUAGES, language
from desktop.operations import signature
from desktop.operations.change import Change
from desktop.operations.handing_out import plain_name
from desktop.operations.signature import Signing
from desktop.operations.signing import keep_signed
from desktop.reports.comparison_content import render_comparison
from forms.text import N_
from models import compared, report
from models.actor import Actor
from models.cards import ReportCard
from models.compared import Compared
from models.document_kind import CASEWORKER, COMPARISON, Part
from models.errors import RecordRefused
from models.identity import OrganisationCard, organisation
from models.report import Document
from models.sealing import require_whole


def compared_ones(*, partner_id: UUID, assessments: Sequence[UUID] = ()) -> Compared:
    """Read a partner's sealed assessments to compare: those named, else all that nothing replaces.

    Raises ``RecordRefused`` for fewer than two or too many, for one that is not sealed, and for one of another partner.
    """
    return compared.read(partner=partner_id, assessments=assessments)


def comparison_languages(ones: Compared) -> tuple[str, ...]:
    """Give the languages of the program that every template of every assessment has, in the order of the newest."""
    return tuple(code for code in ones.languages if code in LANGUAGES)


def preview_comparison(*, ones: Compared, language_code: str, organisation_card: OrganisationCard, part: Part = 3) -> bytes:
    """Lay out a comparison as it would be made. Touches no database. Raises ``LanguageLacking``."""
    return render_comparison(
        ones,
        language(language_code),
        part=part,
        organisation=organisation_card.name,
        root_fingerprint=organisation_card.fingerprint_sha256,
    )


def comparison_meant(*, ones: Compared, language_code: str, part: Part = 3) -> Document:
    """Say in the register's terms which document is meant: it belongs to the newest assessment. Touches no database."""
    basis = hashlib.sha256(ones.to_bytes()).hexdigest()
    return Document(ones.newest.card.id, language_code, COMPARISON, part, basis)


def registered_comparison(*, ones: Compared, language_code: str, part: Part = 3) -> tuple[ReportCard, ...]:
    """Give the registered revisions of the comparison that would be made now, none when it has not been made. Touches no database."""
    meant = comparison_meant(ones=ones, language_code=language_code, part=part)
    wanted = (meant.kind.name, meant.part, meant.language, meant.basis)
    return tuple(one for one in ones.newest.documents if (one.kind, one.part, one.language, one.basis) == wanted)


def make_comparison(*, actor: Actor, partner_id: UUID, language_code: str, assessments: Sequence[UUID] = (), part: Part = 3) -> Change:
    """Lay out a comparison and register it unsigned, once; later calls find the one there is. Raises as ``compared_ones``,
    ``RecordRefused`` for a language that a template lacks, and ``VaultDamaged`` for a seal that is not whole."""
    ones = _whole(partner_id, assessments, language_code)
    existing = registered_comparison(ones=ones, language_code=language_code, part=part)
    if existing:
        return Change("report", assessment=ones.newest.card.id, made=existing[-1].id)
    pdf = preview_comparison(ones=ones, language_code=language_code, organisation_card=organisation(), part=part)
    made = report.put(actor=actor, document=comparison_meant(ones=ones, language_code=language_code, part=part), pdf=pdf)
    return Change("report", assessment=ones.newest.card.id, made=made)


def prepare_comparison(
    *, actor: Actor, partner_id: UUID, language_code: str, assessments: Sequence[UUID] = (), part: Part = 3
) -> Signing[Document]:
    """Make sure that the actor may sign now, and read all that the comparison and its signature take; it is laid out while it is signed,
    if it has not been made before. ``signing.keep_signed`` registers what comes of it.

    Raises ``ActRefused`` for anybody but the caseworker of the newest assessment, and for a certificate that has ended or is revoked.
    """
    ones = _whole(partner_id, assessments, language_code)
    meant = comparison_meant(ones=ones, language_code=language_code, part=part)
    card = report.require_field(actor=actor, document=meant, field=CASEWORKER)
    chain = report.chain_of(meant)
    if chain:
        unsigned = partial(bytes, report.pdf_bytes(chain[-1].id))
    else:
        unsigned = partial(preview_comparison, ones=ones, language_code=language_code, organisation_card=organisation(), part=part)
    return signature.gathered(
        actor=actor,
        document=meant,
        field=CASEWORKER,
        first=True,
        unsigned=unsigned,
        card=card,
        reason=N_("Made the comparison"),
        words=language(language_code),
    )


def sign_comparison(
    *, actor: Actor, partner_id: UUID, language_code: str, assessments: Sequence[UUID] = (), part: Part = 3, pin: str = ""
) -> Change:
    """Make and sign a comparison, for callers without a window. Raises as ``prepare_comparison`` and ``signature.signed``."""
    ready = prepare_comparison(actor=actor, partner_id=partner_id, language_code=language_code, assessments=assessments, part=part)
    return keep_signed(actor=actor, signed=signature.signed(ready, pin=pin))


def comparison_file_name(ones: Compared, language_code: str, part: Part = 3) -> str:
    """Suggest a file name: partner, *comparison* in the language's own words, first and last year, language."""
    words = language(language_code)
    years = [str(one.card.draft.as_of.year) for one in (ones.files[0], ones.newest)]
    parts = [plain_name(ones.name), plain_name(words.text(N_("comparison"))), *years, language_code]
    return "-".join([*parts, "pdfa-2a"] if part == 2 else parts) + ".pdf"


def _whole(partner_id: UUID, assessments: Sequence[UUID], language_code: str) -> Compared:
    ones = compared_ones(partner_id=partner_id, assessments=assessments)
    if language_code not in comparison_languages(ones):
        raise RecordRefused(N_("The templates of these assessments do not all have texts in that language."))
    for one in ones.files:
        require_whole(one.card.id)
    return ones
