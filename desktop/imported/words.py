"""How an assessment of another organisation is named in lists and in its own room."""

from __future__ import annotations

from desktop.language import Language
from desktop.words import DECISIONS, KINDS, SIGNER_FIELDS, Mark, rating_mark, word
from forms.text import N_
from models.imported_cards import ImportedCard, ImportedFacts, OriginSigner


def read_only_mark(card: ImportedCard, language: Language) -> Mark:
    """Mark it wherever it stands among one's own: whose it is, and that nothing is changed in it here."""
    return Mark("incomplete", language.text(N_("From {organisation}, read-only"), organisation=card.origin.organisation))


def kind_words(facts: ImportedFacts, language: Language) -> str:
    """Name its kind and year, as lists do."""
    return f"{word(KINDS, facts.kind, language)} {facts.as_of.year}"


def band_of(facts: ImportedFacts, subject: str, language: Language) -> Mark | None:
    """Mark the band of *organisation* or *project*; nothing for a project that there is none of."""
    band = facts.organisation_band if subject == "organisation" else facts.project_band
    if band is None and subject == "project" and not facts.project_title:
        return None
    return rating_mark(band, language, facts.tables.get(subject))


def recommended_words(facts: ImportedFacts, language: Language) -> str:
    """Word what was recommended there; nothing when nothing was."""
    return word(DECISIONS, facts.recommended, language) if facts.recommended else ""


def signer_words(signer: OriginSigner, language: Language) -> str:
    """Name a signer: the line of the report that was signed, and the person."""
    return language.text(N_("{field}: {name}"), field=word(SIGNER_FIELDS, signer.field, language), name=signer.name)
