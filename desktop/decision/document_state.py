"""The document of a decision as the window shows it: which decision, which language, whether it is signed, and who may sign it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from desktop.language import OWN_NAMES, Language
from desktop.seal.state import report_languages
from desktop.words import DECISIONS, word
from forms.text import N_
from models.cards import AssessmentFile
from models.decided import Decided, DecisionDocumentCard


@dataclass(frozen=True)
class DocumentState:
    """One decision's document in one language.

    ``document`` is the registered revision, ``None`` while there is only a preview. ``action``: *sign* (the person here recorded the
    decision), *switch* (somebody else did) or *none* (it is signed). ``earlier`` are the decisions before, each by its id and in words.
    """

    decision: Decided
    outcome: str
    languages: tuple[tuple[str, str], ...]
    language: str
    document: UUID | None
    sha256: str
    said: str
    action: Literal["sign", "switch", "none"]
    earlier: tuple[tuple[UUID, str], ...]


def document_state(
    file: AssessmentFile,
    decisions: tuple[Decided, ...],
    language: Language,
    *,
    wanted: str,
    decision: str = "",
    person: UUID | None,
    awaiting: Collection[UUID] = (),
) -> DocumentState | None:
    """Say what there is of a decision's document.

    ``wanted`` is a language, ``decision`` the id of an earlier decision or nothing for the one that stands; ``awaiting`` are the documents
    that await a timestamp, by their newest revision. ``None`` when nothing has been decided, or no language is common to the program and
    the templates.
    """
    languages = report_languages(file)
    if not decisions or not languages:
        return None
    one = next((each for each in decisions if str(each.id) == decision), decisions[-1])
    code = _language(one, languages, wanted)
    chain = [card for card in one.documents if card.language == code]
    newest = chain[-1] if chain else None
    mine = person == one.recorder
    return DocumentState(
        decision=one,
        outcome=_outcome(one, language),
        languages=tuple((each, OWN_NAMES[each]) for each in languages),
        language=code,
        document=newest.id if newest is not None else None,
        sha256=newest.sha256 if newest is not None else "",
        said=_said(one, chain, language, mine=mine, awaits=newest is not None and newest.id in awaiting),
        action="none" if newest is not None else "sign" if mine else "switch",
        earlier=tuple((each.id, _outcome(each, language)) for each in decisions[:-1]),
    )


def _language(one: Decided, languages: tuple[str, ...], wanted: str) -> str:
    """Choose the wanted language, else one that is signed already, else the first there is."""
    made = [card.language for card in one.documents if card.language in languages]
    return wanted if wanted in languages else made[0] if made else languages[0]


def _outcome(one: Decided, language: Language) -> str:
    draft = one.card.draft
    decision = word(DECISIONS, draft.outcome, language)
    return language.text(N_("{decision}, {date}"), decision=decision, date=draft.decided_on)


def _said(one: Decided, chain: Sequence[DecisionDocumentCard], language: Language, *, mine: bool, awaits: bool) -> str:
    name = one.card.by_name
    if chain:
        said = language.text(N_("Signed by {name} {at}. It can be handed on."), name=name, at=chain[0].at)
        return f"{said} {_time_said(chain, language, awaits=awaits)}".strip()
    if mine:
        return language.text(
            N_("An extract of the minutes that can be handed on, tied to the report by hash. You sign it with your own key.")
        )
    return language.text(N_("{name} recorded this decision, so {name} signs its document. Until then it can be read."), name=name)


def _time_said(chain: Sequence[DecisionDocumentCard], language: Language, *, awaits: bool) -> str:
    """Say how it stands with its timestamp; nothing where there is none and none is awaited."""
    if awaits:
        return language.text(N_("It has no timestamp yet; one is added later, under Settings, with all that wait."))
    if chain[-1].timestamp_ends is None:
        return ""
    if len(chain) > 1:
        return language.text(N_("Timestamp added {at}."), at=chain[-1].at)
    return language.text(N_("The signature has its timestamp."))
