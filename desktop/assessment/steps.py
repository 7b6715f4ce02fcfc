"""The stages of an assessment in their order, and which of them can be gone to."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.language import Language
from forms.text import N_
from models.cards import AssessmentFile
from models.judging import areas, judged_of

#: Stage (a room's name) → its title.
STAGES = {
    "assessment": N_("Answers"),
    "result": N_("Result"),
    "recommendation": N_("Recommendation"),
    "review": N_("Review"),
    "seal": N_("Seal and sign"),
    "decision": N_("Decision"),
}


@dataclass(frozen=True)
class Stage:
    """One stage. ``standing``: done, here, open, or shut (cannot be gone to yet); ``said`` says so in words."""

    id: str
    title: str
    standing: str
    said: str


def stages(file: AssessmentFile, *, here: str, language: Language) -> tuple[Stage, ...]:
    """Say of each stage whether it is done and whether one can go there.

    Result and recommendation open when every question has an answer, so that the number does not steer the answers.
    """
    state = file.card.state
    handed_over = state in ("in_review", "agreed", "sealed", "decided", "superseded")
    closed = state in ("sealed", "decided", "superseded")
    complete, seen = file.is_complete, all(one.result_seen_at is not None for one in file.each())
    done = {
        "assessment": complete,
        "result": complete and seen and all(judged_of(one, area.id) for one in file.each() for area in areas(one.template, one.result)),
        "recommendation": file.recommendation is not None,
        "review": state == "agreed" or closed,
        "seal": closed and {"Caseworker", "Reviewer"} <= {report.signed_as for report in file.reports},
        "decision": file.decision is not None,
    }
    reachable = {
        "assessment": True,
        "result": complete,
        "recommendation": complete,
        "review": handed_over or complete,
        "seal": state == "agreed" or closed,
        "decision": closed,
    }
    words = {
        "done": language.text("done"),
        "here": language.text("you are here"),
        "open": language.text("can be opened"),
        "shut": language.text("not reached yet"),
    }
    found = []
    for stage, title in STAGES.items():
        standing = "here" if stage == here else "done" if done[stage] and reachable[stage] else "open" if reachable[stage] else "shut"
        found.append(Stage(stage, language.text(title), standing, words[standing]))
    return tuple(found)
