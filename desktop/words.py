"""Words for fixed vocabulary: bands, decisions, states, roles, how something is known. The keys are what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.language import Language
from forms.template import BandTable, Template
from forms.text import N_, in_language

#: What a status looks like: ● low, ◆ moderate, ▲ significant, ■ high, ○ incomplete (see ``desktop.charts.marks``).
Tone = Literal["low", "moderate", "significant", "high", "incomplete"]

BANDS = {"weak": N_("Weak"), "limited": N_("Limited"), "adequate": N_("Adequate"), "strong": N_("Strong")}
RISKS = {"low": N_("Low"), "moderate": N_("Moderate"), "significant": N_("Significant"), "high": N_("High")}
_BAND_TONES: dict[str, Tone] = {
    "weak": "high",
    "limited": "significant",
    "adequate": "moderate",
    "strong": "low",
    "low": "low",
    "moderate": "moderate",
    "significant": "significant",
    "high": "high",
}
SCORE_STATUSES = {
    "complete": N_("Complete"),
    "incomplete": N_("Incomplete"),
    "needs_approval": N_("Needs the reviewer’s approval"),
    "not_assessable": N_("Not assessable"),
    "unscored": N_("Not scored"),
}
DECISIONS = {
    "approve": N_("Approve"),
    "approve_with_conditions": N_("Approve with conditions"),
    "postpone": N_("Postpone"),
    "send_back": N_("Send back"),
    "decline": N_("Decline"),
}
STATES = {
    "draft": N_("Draft"),
    "in_review": N_("In review"),
    "returned": N_("Returned"),
    "agreed": N_("Agreed"),
    "sealed": N_("Sealed"),
    "decided": N_("Decided"),
    "superseded": N_("Superseded"),
    "withdrawn": N_("Withdrawn"),
}
ROLES = {
    "administrator": N_("Administrator"),
    "caseworker": N_("Caseworker"),
    "controller": N_("Controller"),
    "reviewer": N_("Reviewer"),
    "secretary": N_("Board secretary"),
    "manager": N_("Programme manager"),
    "office": N_("Country office"),
}
KNOWN = {"said": N_("Said by the partner"), "seen": N_("Document seen"), "verified": N_("Verified by us")}
ANSWER_STATES = {
    "answered": N_("Answered"),
    "not_applicable": N_("Not applicable"),
    "dont_know": N_("Don’t know yet"),
    "not_established": N_("Could not be established"),
}
KINDS = {
    "new": N_("New"),
    "renewal": N_("Renewal"),
    "rapid": N_("Rapid start"),
    "completion": N_("Completion"),
}
SCOPES = {"light": N_("Light"), "standard": N_("Standard"), "full": N_("Full")}
SUBJECTS = {"organisation": N_("Organisation"), "project": N_("Project")}
#: The forms that can be chosen (``forms.facts.COLLABORATIONS``), and those that only earlier assessments carry.
COLLABORATIONS = {
    "established": N_("Long-standing partner"),
    "application": N_("Application from outside"),
    "own_initiative": N_("Own initiative in a new area"),
    "consortium": N_("Consortium"),
    "channel": N_("Another foundation as channel"),
    "international": N_("International organisation"),
    "material_aid": N_("Material aid"),
    "country_office": N_("Own country office"),
    "partner": N_("Long-standing partner"),
    "rapid": N_("Rapid start in a disaster"),
}
BEFORE = {"signing": N_("Before the agreement is signed"), "payment": N_("Before payment"), "date": N_("By a date")}
RISK_CHOICES = {
    "accepted": N_("As proposed"),
    "changed": N_("Changed from the proposal"),
    "rejected": N_("Set aside"),
    "own": N_("Added by the caseworker"),
}
OUTCOMES = {"agreed": N_("Agreed"), "returned": N_("Returned")}
YES_PARTLY_NO = {"yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No")}
SIGNER_FIELDS = {
    "Caseworker": N_("Caseworker"),
    "Reviewer": N_("Reviewer"),
    "Chair": N_("Chair"),
    "Recorder": N_("The one who recorded the decision"),
}


@dataclass(frozen=True)
class Mark:
    """A status as it is shown: shape and colour by its tone, and always the word."""

    tone: Tone
    word: str


def word(vocabulary: dict[str, str], key: str, language: Language) -> str:
    """Word a key of one of the vocabularies here; a key that is not in it stands as it is."""
    return language.text(vocabulary[key]) if key in vocabulary else key


def rating_mark(band: str | None, language: Language, table: BandTable | None = None) -> Mark:
    """Mark a capacity band or a risk rating; ``None`` is *Incomplete*. A ``table`` with words of its own names its bands by them."""
    if band is None:
        return Mark("incomplete", language.text(SCORE_STATUSES["incomplete"]))
    if table is not None and band in table.words:
        return Mark(_own_tone(table, band), in_language(table.words[band], language.code))
    words = BANDS if band in BANDS else RISKS
    return Mark(_BAND_TONES.get(band, "incomplete"), word(words, band, language))


def _own_tone(table: BandTable, band: str) -> Tone:
    """Give a band of a template's own the shape and colour of its place between the table's best and worst."""
    names = table.names if table.direction == "higher_is_worse" else table.names[::-1]
    tones: tuple[Tone, ...] = ("low", "moderate", "significant", "high")
    return tones[round(names.index(band) * 3 / max(len(names) - 1, 1))]


def table_of(template: Template, area: str) -> BandTable | None:
    """Give the band table of a subject, a section or the whole of an instrument; ``None`` for what has no bands."""
    if area in template.subjects:
        return template.bands[template.subjects[area].bands]
    section = next((one for one in template.sections if one.id == area), None)
    if section is not None:
        return template.bands[section.bands] if section.bands is not None else None
    return template.bands[next(iter(template.subjects.values())).bands] if template.subjects else None


def stops_mark(stops: int, language: Language) -> Mark | None:
    """Mark how many stop criteria are met, so that no list shows a good band without them; ``None`` when there are none."""
    return Mark("high", language.plural("{n} stop", "{n} stops", stops)) if stops else None


def board_mark(stops: int, language: Language) -> Mark | None:
    """Say beside a figure that so many stop criteria take the case to the board, whatever the figure; ``None`` when there are none."""
    if not stops:
        return None
    return Mark("high", language.plural("{n} stop criterion: goes to the board", "{n} stop criteria: goes to the board", stops))


def state_mark(state: str, language: Language) -> Mark:
    """Mark where an assessment stands."""
    tones: dict[str, Tone] = {"returned": "significant", "agreed": "low", "sealed": "low", "decided": "low", "in_review": "moderate"}
    return Mark(tones.get(state, "incomplete"), word(STATES, state, language))
