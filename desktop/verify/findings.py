"""How a finding of a verification is marked, wherever it is shown."""

from __future__ import annotations

from desktop.language import Language
from desktop.reports.verdict import Finding
from desktop.words import Mark, Tone
from forms.text import N_

_TONES: dict[str, Tone] = {"problem": "high", "missing": "moderate", "unreadable": "incomplete", "good": "low", "remark": "incomplete"}
_WORDS = {
    "problem": N_("Wrong"),
    "missing": N_("Missing"),
    "unreadable": N_("Unreadable"),
    "good": N_("Correct"),
    "remark": N_("Remark"),
}


def finding_mark(finding: Finding, language: Language) -> Mark:
    """Mark a finding by its kind."""
    return Mark(_TONES[finding.kind], language.text(_WORDS[finding.kind]))
