"""A window at work on a real vault, and a case by the bundled template with everything answered."""

from __future__ import annotations

import pytest
import yaml

from desktop.operations import answering, assessments, templates
from forms.answers import Answer
from forms.text import in_language
from resources import path
from tests.desktop.walking import begin


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    return begin(desk, settled, qtbot, tmp_path)


@pytest.fixture
def answered(walk):
    """Everything answered as in the sample case of a new partner; the result has not been looked at."""
    partner = walk.register()
    project = walk.add_project(partner, amount_minor=96000000, currency="SEK")
    given = yaml.safe_load(path("samples", "new-partner.yaml").read_text(encoding="utf-8"))["assessments"][0]["answers"]

    def answer_all(assessment):
        for question, one in given.items():
            value = one.get("value")
            answer = Answer(
                state=one.get("state", "answered"),
                value=in_language(value, "en") if isinstance(value, dict) else value,
                known=one.get("known"),
                reason=in_language(one["reason"], "en") if isinstance(one.get("reason"), dict) else one.get("reason", ""),
            )
            answering.give_answer(actor=walk.ada, assessment_id=assessment, instrument="partner-project", question=question, answer=answer)

    def start():
        from datetime import date

        from models.cards import AssessmentDraft

        draft = AssessmentDraft(
            partner=partner,
            project=project,
            kind="new",
            collaboration="application",
            template_id="partner-project",
            scope="light",
            scope_reason="Litet belopp.",
            as_of=date(2026, 11, 16),
        )
        made = assessments.start_assessment(actor=walk.ada, draft=draft, templates=templates.offered()).made
        answer_all(made)
        return made

    return walk.do(start)
