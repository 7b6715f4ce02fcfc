"""Cards of sealed assessments that came from another organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from forms.template import BandTable


@dataclass(frozen=True)
class OriginSigner:
    """One signature on the report that came: in which field, whose, by which certificate, and the time that it claims (ISO 8601, UTC)."""

    field: str
    name: str
    certificate_sha256: str
    claimed_at: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a sealed assessment comes from: the vault it was sealed in, its id there, and the root certificate that its signers lead to.

    ``organisation`` and ``root_subject`` are as the root certificate says, ``root_sha256`` its fingerprint (hexadecimal).
    """

    vault: UUID
    assessment: UUID
    organisation: str
    root_subject: str
    root_sha256: str
    root_pem: str
    signers: tuple[OriginSigner, ...]


@dataclass(frozen=True)
class ImportedFacts:
    """What lists show of it, read and computed from the record when it came; ``tables`` are of subjects whose bands have own words."""

    case_number: str
    kind: str
    as_of: date
    partner_name: str
    project_title: str
    caseworker: str
    template: dict[str, str]
    organisation_band: str | None
    project_band: str | None
    stops: int
    asked: int
    answered: int
    #: What was recommended, one of ``forms.recommendation.DECISIONS``; empty for nothing.
    recommended: str
    tables: dict[str, BandTable] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportedCard:
    """One of them as a list shows it: read-only for ever. ``partner`` is who it was linked to here."""

    id: UUID
    partner: UUID
    partner_name: str
    facts: ImportedFacts
    origin: Origin
    record_sha256: str
    file_sha256: str
    file_size: int
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ImportedFile:
    """One of them whole: the sealed record, the verdict (JSON) that was reached when it came, and the report's bytes."""

    card: ImportedCard
    record: bytes = field(repr=False)
    verdict: str = field(repr=False)
    pdf: bytes = field(repr=False)
