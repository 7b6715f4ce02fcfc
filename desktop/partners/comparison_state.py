"""What the comparison's room shows: which assessments there are to choose from, in which languages, and how it stands with the document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from desktop.language import LANGUAGES, OWN_NAMES, Language
from desktop.words import KINDS, STATES, word
from forms.text import N_
from models.cards import AssessmentCard, PartnerPage, ReportCard
from models.compared import Compared, choosable, usual
from models.document_kind import CASEWORKER, FEWEST_COMPARED, MOST_COMPARED


@dataclass(frozen=True)
class ChoiceLine:
    """A sealed assessment to tick; ``can_change`` is false for one more than there is room for."""

    id: UUID
    words: str
    chosen: bool
    can_change: bool


@dataclass(frozen=True)
class ChoiceState:
    """What can be chosen. ``refusal`` says why nothing is compared, empty while something is; ``left_out`` what is never part of it."""

    partner: str
    lines: tuple[ChoiceLine, ...]
    refusal: str
    left_out: str


@dataclass(frozen=True)
class DocumentState:
    """The comparison in one language: ``report`` is its registered revision, ``None`` while there is only a preview."""

    languages: tuple[tuple[str, str], ...]
    language: str
    report: UUID | None
    said: str
    can_sign: bool
    can_export: bool


def usual_choice(page: PartnerPage) -> tuple[UUID, ...]:
    """Give what is compared at first: all that nothing replaces, as many of the newest as there is room for."""
    return tuple(one.id for one in usual(page.assessments))


def choice_state(page: PartnerPage, chosen: Collection[UUID], language: Language) -> ChoiceState:
    """Say what can be compared of a partner, and what is chosen."""
    cards = choosable(page.assessments)
    ticked = [one for one in cards if one.id in chosen]
    full = len(ticked) >= MOST_COMPARED
    lines = tuple(ChoiceLine(one.id, _line(one, language), one.id in chosen, one.id in chosen or not full) for one in cards)
    return ChoiceState(page.partner.name, lines, _refusal(page, cards, ticked, language), _left_out(page, language))


def _line(card: AssessmentCard, language: Language) -> str:
    parts = [card.case_number, language.date(card.draft.as_of), word(KINDS, card.draft.kind, language).lower()]
    if card.state == "superseded":
        parts.append(word(STATES, "superseded", language).lower())
    return " · ".join(parts)


def _refusal(page: PartnerPage, cards: tuple[AssessmentCard, ...], ticked: list[AssessmentCard], language: Language) -> str:
    """Say what it takes; empty when enough is chosen."""
    if len(cards) < FEWEST_COMPARED:
        if not cards:
            return language.text(
                N_("It takes two sealed assessments to compare. None of {partner} is sealed yet."), partner=page.partner.name
            )
        return language.text(N_("It takes two sealed assessments to compare. Only {case} is sealed yet."), case=cards[0].case_number)
    if len(ticked) < FEWEST_COMPARED:
        return language.text(N_("Choose at least two assessments to compare."))
    return ""


def _left_out(page: PartnerPage, language: Language) -> str:
    """Say of what stands on the partner's page but is not compared, so that nobody misses it in the document."""
    parts = []
    open_ones = [one.case_number for one in page.assessments if one.state not in ("sealed", "decided", "superseded", "withdrawn")]
    if open_ones:
        parts.append(language.text(N_("Not sealed, so not compared: {cases}."), cases=open_ones))
    if page.imported:
        parts.append(language.text(N_("Other organisations’ assessments are not compared: read them on the partner’s page.")))
    return " ".join(parts)


def language_of(ones: Compared, wanted: str) -> str:
    """Give the language of the document: the wanted one if all templates have it, else the first that they do; empty for none."""
    offered = [code for code in ones.languages if code in LANGUAGES]
    return wanted if wanted in offered else offered[0] if offered else ""


def document_state(
    ones: Compared, language: Language, *, wanted: str, chain: tuple[ReportCard, ...] = (), person: UUID | None = None
) -> DocumentState:
    """Say how it stands with the document of what is compared; ``chain`` are the registered revisions of exactly that."""
    languages = tuple(code for code in ones.languages if code in LANGUAGES)
    code = language_of(ones, wanted)
    newest = chain[-1] if chain else None
    is_signed = any(one.signed_as == CASEWORKER for one in chain)
    mine = person is not None and person == ones.newest.card.caseworker
    return DocumentState(
        languages=tuple((one, OWN_NAMES[one]) for one in languages),
        language=code,
        report=newest.id if newest is not None else None,
        said=_said(ones, chain, language, is_signed=is_signed, mine=mine) if code else _no_language(language),
        can_sign=bool(code) and mine and not is_signed,
        can_export=bool(code),
    )


def _said(ones: Compared, chain: tuple[ReportCard, ...], language: Language, *, is_signed: bool, mine: bool) -> str:
    text, name = language.text, ones.newest.card.caseworker_name
    if is_signed:
        return text(N_("Revision {number}, signed by {name}."), number=chain[-1].revision + 1, name=name)
    if mine:
        return text(N_("As it will be. Make and sign it, or export it unsigned for your own use."))
    return text(N_("As it will be. {name} signs it; unsigned it can be exported for your own use."), name=name)


def _no_language(language: Language) -> str:
    return language.text(N_("The templates of these assessments have no language in common, so they cannot be printed side by side."))
