"""The cases that documents of a batch are made of, in a few questions to the vault for each: no answer is read, nothing laid out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from desktop.language import LANGUAGES
from models import assessment, casefile, instruments, report, seal
from models.report import Newest


@dataclass(frozen=True)
class SealedCase:
    """A case, by the name that its partner goes by in its documents.

    ``languages`` are those that all its templates and the program have. ``documents`` are the newest revisions there are of it.
    ``names_partner``: it was sealed before its partner was protected, so that its record has the real name.
    """

    id: UUID
    case_number: str
    partner: str
    is_sealed: bool
    languages: tuple[str, ...]
    is_protected: bool = False
    names_partner: bool = False
    documents: tuple[Newest, ...] = ()


def sealed_cases(*, assessments: Iterable[UUID]) -> tuple[SealedCase, ...]:
    """Read these cases, by case number. Raises ``RecordRefused`` for one that is not there."""
    documents: dict[UUID, list[Newest]] = defaultdict(list)
    for one in report.newest():
        documents[one.document.assessment].append(one)
    found = [_case(one, tuple(documents[one])) for one in assessments]
    return tuple(sorted(found, key=lambda case: case.case_number))


def _case(wanted: UUID, documents: tuple[Newest, ...]) -> SealedCase:
    row, sealed = assessment.row_of(wanted), seal.row_of(wanted)
    partner, _ = casefile.subjects_of(row, sealed)
    each = [used.template.languages for used in instruments.in_use(row)]
    return SealedCase(
        id=row.id,
        case_number=row.case_number,
        partner=partner.name,
        is_sealed=sealed is not None,
        languages=common_languages(each),
        is_protected=partner.draft.protected or bool(partner.cover_now),
        names_partner=bool(partner.cover_now) and not partner.draft.protected,
        documents=documents,
    )


def common_languages(each: list[list[str]]) -> tuple[str, ...]:
    """Give the languages of the program that every template has, in the first one's order."""
    return tuple(code for code in each[0] if code in LANGUAGES and all(code in languages for languages in each))
