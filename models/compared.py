"""Several sealed assessments of one partner beside each other, the oldest first, under one name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from forms.canonical import canonical_json
from forms.text import N_
from models import case_list, sealed_file
from models.cards import AssessmentCard, AssessmentFile
from models.document_kind import FEWEST_COMPARED, MOST_COMPARED
from models.errors import RecordRefused
from models.partner import card as partner_card
from models.protection import under_cover


@dataclass(frozen=True)
class Compared:
    """What a comparison is made from: the sealed assessments, the oldest first, and the name that the partner goes by in it.

    A partner that is protected now, or was in one of them, goes by its cover name in all of them. The comparison belongs to the newest
    assessment: its caseworker signs, and it is registered there.
    """

    partner: UUID
    name: str
    files: tuple[AssessmentFile, ...]

    @property
    def newest(self) -> AssessmentFile:
        """The assessment that the comparison belongs to."""
        return self.files[-1]

    @property
    def records(self) -> tuple[str, ...]:
        """SHA-256 (hexadecimal) of each sealed record, the oldest assessment's first."""
        return tuple(one.seal.sha256 for one in self.files if one.seal is not None)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that every template of every assessment has texts in, in the order of the newest."""
        every = [seen.template.languages for file in self.files for seen in file.each()]
        return tuple(code for code in self.newest.template.languages if all(code in one for one in every))

    @property
    def dated(self) -> datetime:
        """The moment of the last thing that the comparison tells of: a sealing or a decision."""
        moments = [one.seal.at for one in self.files if one.seal is not None]
        return max(moments + [one.decision.at for one in self.files if one.decision is not None])

    def to_bytes(self) -> bytes:
        """Name all that the comparison is made from, to tell one from another: the records, the decisions, the name."""
        decided = [one.decision for one in self.files]
        return canonical_json({"records": self.records, "decisions": decided, "name": self.name})


def choosable(cards: Sequence[AssessmentCard]) -> tuple[AssessmentCard, ...]:
    """Give the sealed ones among a partner's assessments, the oldest first: those that can be compared."""
    return tuple(sorted((one for one in cards if one.state in ("sealed", "decided", "superseded")), key=_age))


def usual(cards: Sequence[AssessmentCard]) -> tuple[AssessmentCard, ...]:
    """Give those that are compared unless others are chosen: what no correction replaces, as many of the newest as there is room for."""
    return tuple(one for one in choosable(cards) if one.state != "superseded")[-MOST_COMPARED:]


def read(*, partner: UUID, assessments: Sequence[UUID] = ()) -> Compared:
    """Read a partner's sealed assessments to compare them: those named, else the usual ones.

    Raises ``RecordRefused`` for fewer than two or more than six, for one that is not sealed, and for one of another partner.
    """
    cards = case_list.cards(partner=partner)
    sealed = {one.id: one for one in choosable(cards)}
    wanted = list(dict.fromkeys(assessments)) or [one.id for one in usual(cards)]
    for one in wanted:
        if one not in sealed:
            number = next((card.case_number for card in cards if card.id == one), "")
            if not number:
                raise RecordRefused(N_("Only assessments of one and the same partner are compared. Nothing was made."))
            raise RecordRefused(N_("Case {case} is not sealed. Only sealed records are compared."), case=number)
    if len(wanted) < FEWEST_COMPARED:
        raise RecordRefused(N_("It takes two sealed assessments to compare. Nothing was made."))
    if len(wanted) > MOST_COMPARED:
        raise RecordRefused(
            N_("At most {most} assessments have room beside each other. Choose fewer; nothing was made."), most=MOST_COMPARED
        )
    in_order = sorted((sealed[one] for one in wanted), key=_age)
    files = tuple(sealed_file.read(one.id) for one in in_order)
    now = partner_card(partner)
    covers = [one.partner.draft.cover_name for one in reversed(files) if one.partner.draft.protected]
    cover = now.draft.cover_name if now.draft.protected else next(iter(covers), "")
    if not cover:
        return Compared(partner, files[-1].partner.name, files)
    known = (now.draft, *(one.partner.draft for one in files))
    return Compared(partner, cover, tuple(under_cover(one, known, cover) for one in files))


def _age(card: AssessmentCard) -> tuple[object, ...]:
    return (card.draft.as_of, card.created_at)
