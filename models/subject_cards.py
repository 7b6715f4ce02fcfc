"""Cards of what is assessed: partners, their projects, and what other bodies have found out about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from forms.canonical import LEFT_OUT_WHEN_EMPTY
from forms.outside import OutsideResult


@dataclass(frozen=True)
class Contact:
    """A person at the partner. ``controls``: owns or decides over the organisation; ``signs``: may sign for it."""

    name: str
    role: str
    signs: bool = False
    controls: bool = False


@dataclass(frozen=True)
class BankAccount:
    """An account that money may be paid to. ``holder`` must be the organisation; ``number`` is an IBAN or a local number."""

    holder: str
    bank: str
    country: str
    number: str
    currency: str


@dataclass(frozen=True)
class PartnerDraft:
    """What is registered about a partner; ``registration_scheme`` is an org-id list code (``SE-ON``), never a personal number.

    A ``protected`` partner must not be named where others read along: it goes by its ``cover_name``, which only such a one has.
    """

    name: str
    country: str
    legal_form: str = ""
    former_names: tuple[str, ...] = ()
    registration_scheme: str = ""
    registration_number: str = ""
    website: str = ""
    notes: str = ""
    people: tuple[Contact, ...] = ()
    accounts: tuple[BankAccount, ...] = ()
    protected: bool = field(default=False, metadata=LEFT_OUT_WHEN_EMPTY)
    cover_name: str = field(default="", metadata=LEFT_OUT_WHEN_EMPTY)

    @property
    def shown_name(self) -> str:
        """The name it goes by: the cover name of a protected one."""
        return self.cover_name if self.protected else self.name


@dataclass(frozen=True)
class PartnerCard:
    """A registered partner; ``rev`` guards against two people changing it at once.

    ``cover_now``: of an earlier version, the cover name that the partner has today.
    """

    id: UUID
    rev: int
    draft: PartnerDraft
    created_at: datetime
    cover_now: str = ""

    @property
    def name(self) -> str:
        """The name that lists, titles and file names show: the cover name of a protected partner, also of one protected since."""
        return self.cover_now or self.draft.shown_name


@dataclass(frozen=True)
class ProjectDraft:
    """What is proposed. ``amount_minor`` is in minor units of ``currency`` for the whole period."""

    title: str
    summary: str = ""
    country: str = ""
    funding_source: str = ""
    amount_minor: int | None = None
    currency: str = "SEK"
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class ProjectCard:
    """A project of a partner."""

    id: UUID
    partner: UUID
    rev: int
    draft: ProjectDraft


@dataclass(frozen=True)
class OutsideCard:
    """A registered result of another body; ``sha256`` is empty when no file came with it, ``withdrawn`` says why it no longer counts."""

    id: UUID
    partner: UUID
    result: OutsideResult
    file_name: str
    sha256: str
    size: int
    media_type: str
    person_name: str
    at: datetime
    withdrawn: str = ""
    withdrawn_at: datetime | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawn_at is not None
