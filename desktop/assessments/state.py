"""What the list of assessments shows, and which room an assessment is in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from desktop.imported.words import kind_words
from desktop.language import Language
from desktop.rapid_words import standing_mark
from desktop.words import KINDS, STATES, Mark, stops_mark, word
from forms.text import N_
from models.cards import AssessmentCard, AssessmentFile
from models.imported_cards import ImportedCard

#: The state, as a filter, of what other organisations have sealed.
IMPORTED = "imported"
#: The states of what has been sealed, so that documents can be made of it.
_HAVE_SEAL = ("sealed", "decided", "superseded")
_ROOMS = {"sealed": "seal", "agreed": "seal", "decided": "decision", "superseded": "report"}


@dataclass(frozen=True)
class Line:
    """An assessment in the list; ``as_of``, ``share`` and ``touched`` are what to sort by, worded beside.

    One of another organisation has no ``card`` but ``imported``, its id.
    """

    card: AssessmentCard | None
    as_of: date
    case_number: str
    partner: str
    project: str
    kind: str
    state: Mark
    stops: Mark | None
    progress: str
    share: float
    caseworker: str
    touched: datetime
    touched_words: str
    imported: UUID | None = None


def lines(
    cards: Iterable[AssessmentCard],
    language: Language,
    *,
    imported: Iterable[ImportedCard] = (),
    state: str = "",
    today: date | None = None,
) -> tuple[Line, ...]:
    """Word the list, the last touched first; ``state`` keeps only those that stand so. ``today`` is the reader's own day."""
    day = today or date.today()  # noqa: DTZ011
    own = tuple(_line(card, language, day) for card in cards if not state or card.state == state)
    others = tuple(_imported_line(card, language) for card in imported if state in ("", IMPORTED))
    return tuple(sorted((*own, *others), key=lambda line: line.touched, reverse=True)) if others else own


def has_seal(line: Line) -> bool:
    """Tell whether documents can be made of it: it is sealed, and our own."""
    return line.card is not None and line.card.state in _HAVE_SEAL


def box_words(line: Line, ticked: bool | None, language: Language) -> str:
    """Say for ears whether a case is chosen."""
    if ticked is None:
        return language.text(N_("{case}, cannot be chosen: not sealed here"), case=line.case_number)
    return language.text(N_("{case}, chosen") if ticked else N_("{case}, not chosen"), case=line.case_number)


def chosen_words(chosen: int, hidden: int, language: Language) -> str:
    """Say how many cases are chosen, and how many of them the search or the filter hides."""
    if not chosen:
        return language.text(N_("Choose sealed cases by a click or Space; Ctrl+A takes all that are shown."))
    said = [language.plural("{n} case chosen.", "{n} cases chosen.", chosen)]
    if hidden:
        said.append(language.plural("{n} of them is not shown now.", "{n} of them are not shown now.", hidden))
    return " ".join(said)


def _line(card: AssessmentCard, language: Language, today: date) -> Line:
    return Line(
        card=card,
        as_of=card.draft.as_of,
        case_number=card.case_number,
        partner=card.partner_name,
        project=card.project_title,
        kind=f"{word(KINDS, card.draft.kind, language)} {card.draft.as_of.year}",
        state=standing_mark(card, language, today),
        stops=stops_mark(card.stops, language),
        progress=language.text(N_("{answered} of {asked}"), answered=card.answered, asked=card.asked),
        share=card.answered / card.asked if card.asked else 0.0,
        caseworker=card.caseworker_name,
        touched=card.touched_at,
        touched_words=language.moment(card.touched_at),
    )


def _imported_line(card: ImportedCard, language: Language) -> Line:
    facts = card.facts
    return Line(
        card=None,
        as_of=facts.as_of,
        case_number=facts.case_number,
        partner=card.partner_name,
        project=" · ".join(
            filter(None, (language.text(N_("From {organisation}"), organisation=card.origin.organisation), facts.project_title))
        ),
        kind=kind_words(facts, language),
        state=Mark("incomplete", language.text(N_("Read-only"))),
        stops=stops_mark(facts.stops, language),
        progress=language.text(N_("{answered} of {asked}"), answered=facts.answered, asked=facts.asked),
        share=facts.answered / facts.asked if facts.asked else 0.0,
        caseworker=facts.caseworker,
        touched=card.at,
        touched_words=language.moment(card.at),
        imported=card.id,
    )


def state_options(cards: Iterable[AssessmentCard], language: Language, *, imported: int = 0) -> list[tuple[str, str]]:
    """Give the states to filter by: all, then each that occurs, with how many; ``imported`` of them are other organisations'."""
    counts: dict[str, int] = {}
    for card in cards:
        counts[card.state] = counts.get(card.state, 0) + 1
    options = [("", language.text(N_("All states")))]
    options += [(state, f"{language.text(words)} ({language.number(counts[state])})") for state, words in STATES.items() if state in counts]
    others = language.text(N_("From other organisations"))
    return options + [(IMPORTED, f"{others} ({language.number(imported)})")] * bool(imported)


def room_of(card: AssessmentCard) -> str:
    """Name the room that an assessment is worked on in; one in review is looked at by ``room_in_review``."""
    return _ROOMS.get(card.state, "assessment")


def room_in_review(file: AssessmentFile, *, person: UUID, roles: frozenset[str]) -> str:
    """Name the room for an assessment in review: the reviewer's for one who may review it, else where its answers stand."""
    if file.card.state != "in_review":
        return room_of(file.card)
    wrote = person == file.card.caseworker or person in file.answered_by
    return "review" if "reviewer" in roles and not wrote else "assessment"


def latest_sealed(cards: Iterable[AssessmentCard]) -> AssessmentCard | None:
    """Give the newest sealed assessment, or ``None``."""
    sealed = sealed_ones(cards)
    return sealed[0] if sealed else None


def sealed_ones(cards: Iterable[AssessmentCard]) -> tuple[AssessmentCard, ...]:
    """Give the sealed assessments that nothing replaces, newest first."""
    sealed = [card for card in cards if card.state in ("sealed", "decided")]
    return tuple(sorted(sealed, key=lambda card: (card.draft.as_of, card.created_at), reverse=True))


def renewable_ones(cards: Iterable[AssessmentCard]) -> tuple[AssessmentCard, ...]:
    """Give the assessments that a renewal can start from, newest first; a rapid start is completed, not renewed."""
    return tuple(card for card in sealed_ones(cards) if card.draft.rapid is None)


def continuable_ones(cards: Iterable[AssessmentCard]) -> tuple[AssessmentCard, ...]:
    """Give the rapid starts that nothing completes yet, newest first."""
    rapid = [card for card in sealed_ones(cards) if card.draft.rapid is not None]
    return tuple(card for card in rapid if not card.continued_by and card.outcome != "decline")
