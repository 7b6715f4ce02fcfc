"""Reports of every bundled template, in every language, print what their records say; the verification finds it there."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from desktop.reports.examined import Examined, examine
from desktop.reports.increments import step_of
from desktop.reports.printed import read_printed
from desktop.reports.recomputed import recompute
from desktop.reports.revision_reader import RevisionReader
from forms.answers import AnswerSet
from forms.reading import read_template
from forms.scoring import score
from models.cards import AnswerCard, AssessmentFile, InstrumentCard
from models.casefile import case_for
from resources import path
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.sample_answers import all_answers
from tests.desktop.reports.sample_file import STARTED, template
from tests.desktop.reports.sealed_reports import printed, scored_file, sealed

BUNDLED = sorted(file.name for file in path("templates").glob("*.yaml") if "sv" in read_template(file).languages)


def examined(file: AssessmentFile, reports: Signed, code: str) -> Examined:
    done = sealed(file, {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer})
    assert done.seal is not None
    return examine(printed(done, reports.root, code), done.seal.record)


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_template_agrees_in_every_language(reports: Signed, name: str) -> None:
    form = read_template(path("templates", name))
    for code in form.languages:
        found = examined(scored_file(form), reports, code)
        assert found.agrees, (code, found)


def test_several_instruments_agree_each_by_itself(reports: Signed) -> None:
    second = read_template(path("templates", "octagon-profile.yaml"))
    file = scored_file(template())
    case = replace(case_for(draft=file.card.draft, project=file.project), scope=second.scopes[0])
    answers = all_answers(second, lift=0, case=case, overrides={})
    cards = tuple(AnswerCard(key.question, answer, "typed", "Maja Ekwall", STARTED) for key, answer in answers.items())
    added = InstrumentCard(second, second.scopes[0], score(second, answers, case))
    both = replace(
        file,
        answers=AnswerSet({**file.answers.answers, **answers.answers}),
        answer_cards=(*file.answer_cards, *cards),
        instruments=(InstrumentCard(file.template, file.card.draft.scope, file.result), added),
    )
    assert examined(both, reports, "sv").agrees


@pytest.mark.parametrize("renewal", [False, True])
def test_a_record_is_scored_for_the_case_that_the_vault_scored(reports: Signed, renewal: bool) -> None:
    file = scored_file(template(), renewal=renewal)
    done = sealed(file, {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer})
    assert done.seal is not None
    (again,) = recompute(done.seal.record).instruments
    assert again.result == file.result


@pytest.mark.parametrize("name", ["شبكة الإغاثة (فرع) 12", "የሰላም መረዳጃ ማህበር", "ငြိမ်းချမ်းရေး ကွန်ရက်", "北方救援网络", "Сеть помощи"])
def test_a_partner_with_a_name_in_another_script_agrees_and_is_read_with_that_name(reports: Signed, name: str) -> None:
    file = scored_file(template())
    partner = replace(file.partner, draft=replace(file.partner.draft, name=name))
    risks = tuple(replace(one, title=f"{name} – {one.title}", mitigation=name) for one in file.risks)
    answers = {key: replace(one, comment=f"{name}: {one.comment}") for key, one in file.answers.items()}
    named = replace(file, partner=partner, card=replace(file.card, partner_name=name), risks=risks, answers=AnswerSet(answers))
    done = sealed(named, {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer})
    assert done.seal is not None
    pdf = printed(done, reports.root, "sv")
    found = examine(pdf, done.seal.record)
    assert found.agrees, found
    said = read_printed(pdf)
    cells = [cell for table in said.tables for row in table for cell in row]
    assert any(name in text for text in said.texts)
    assert sum(cell.startswith(f"{name} – ") for cell in cells) == len([one for one in file.risks if one.choice in ("accepted", "own")])


def test_pages_are_read_as_they_were_written(reports: Signed) -> None:
    said = read_printed(reports.none)
    assert said.language == "en"
    digest = hashlib.sha256(reports.payload).hexdigest()
    cells = ["".join(cell.split()) for table in said.tables for row in table for cell in row]
    assert digest in cells
    assert "Does the board meet and decide?" in " ".join(cell for table in said.tables for row in table for cell in row)


def test_each_revision_of_a_report_is_a_signature_and_nothing_else(reports: Signed) -> None:
    reader = RevisionReader(reports.three)
    assert reader.total_revisions == 4
    assert all(step_of(reader, revision) == "signature" for revision in (1, 2, 3))
