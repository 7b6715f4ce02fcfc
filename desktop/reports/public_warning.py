"""What is said before a public record leaves the vault."""

from __future__ import annotations

from desktop.language import Language
from forms.text import N_


def public_warning(language: Language) -> tuple[str, ...]:
    """Say what a public record shows, and that it cannot be called back, a sentence each."""
    return (
        language.text(N_("It cannot be called back: whoever has it may copy it and keep it for ever.")),
        language.text(
            N_(
                "It shows the partner’s name and country, the project with amount and period, the templates, the ratings, whether a stop "
                "criterion was met, the decision, and how many conditions it was tied to."
            )
        ),
        language.text(N_("It does not show answers, comments, evidence, risks or the names of people.")),
        language.text(N_("A protected partner’s is never offered. Consider whether this partner should be protected.")),
        language.text(N_("Who exported it, when and in which language is kept in the audit trail.")),
    )
