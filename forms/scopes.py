"""What a scope of a template asks, whatever the answers."""

from __future__ import annotations

from collections.abc import Iterator

from forms.question import Question, Section
from forms.template import Template


def asked_in(template: Template, scope: str) -> Iterator[tuple[Section, list[Question]]]:
    """Go through the sections that ask something in a scope, each with what it asks, conditions left out of account."""
    for section in template.sections:
        questions = [question for question in section.questions if not question.scopes or scope in question.scopes]
        if questions:
            yield section, questions
