"""The sample cases: complete, plausible, and said to be invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from forms.answers import Answer, AnswerKey, AnswerSet, check_answer
from forms.comparison import Assessed, compare
from forms.reading import read_template
from forms.registration import normal
from forms.result import Case, Result
from forms.risk import RiskEntry, check_entry
from forms.scoring import score

RESOURCES = Path(__file__).parents[2] / "resources"
TEMPLATE = read_template(RESOURCES / "templates" / "partner-project.yaml")
SAMPLES: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((RESOURCES / "samples").glob("*.yaml"))
}
ASSESSMENTS = [(name, place) for name, sample in SAMPLES.items() for place in range(len(sample["assessments"]))]
every_assessment = pytest.mark.parametrize(("name", "place"), ASSESSMENTS, ids=[f"{name}-{place}" for name, place in ASSESSMENTS])


def in_swedish(text: object) -> str:
    """Take one language of a text."""
    return str(text["sv"]) if isinstance(text, Mapping) else str(text or "")


def answers_of(name: str, place: int) -> dict[str, Answer]:
    """Give the answers of an assessment; a confirmed one is last time's with this time's sentence."""
    earlier = answers_of(name, place - 1) if place else {}
    found = {}
    for id_, said in SAMPLES[name]["assessments"][place]["answers"].items():
        if said.get("confirmed"):
            before = earlier[id_]
            found[id_] = Answer(before.state, before.value, before.known, in_swedish(said.get("sentence")) or before.comment, before.reason)
            continue
        value = said.get("value")
        found[id_] = Answer(
            said.get("state", "answered"),
            in_swedish(value) if isinstance(value, Mapping) else value,
            said.get("known"),
            in_swedish(said.get("comment")),
            in_swedish(said.get("reason")),
        )
    return found


def set_of(name: str, place: int) -> AnswerSet:
    """Give the answers as they are scored."""
    return AnswerSet({AnswerKey(TEMPLATE.id, id_): answer for id_, answer in answers_of(name, place).items()})


def result_of(name: str, place: int) -> Result:
    """Score an assessment of a sample."""
    sample = SAMPLES[name]
    project = sample["project"]
    one = sample["assessments"][place]
    case = Case(
        as_of=date.fromisoformat(one["as_of"]),
        scope=one["scope"],
        facts={"kind": one["kind"], "collaboration": one["collaboration"]},
        amount_minor=project["amount_minor"],
        currency=project["currency"],
    )
    return score(TEMPLATE, set_of(name, place), case)


def texts_in(part: object) -> Iterator[Mapping[str, str]]:
    """Go through every text in two languages."""
    if isinstance(part, Mapping):
        if set(part) & {"sv", "en"}:
            yield part
        else:
            for inside in part.values():
                yield from texts_in(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from texts_in(inside)


def test_there_is_one_new_partner_and_one_renewal_with_last_years_assessment() -> None:
    assert {name: [one["kind"] for one in sample["assessments"]] for name, sample in SAMPLES.items()} == {
        "new-partner": ["new"],
        "renewal": ["new", "renewal"],
    }


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_says_that_it_is_invented_and_so_do_its_names(name: str) -> None:
    sample = SAMPLES[name]
    assert "påhittat" in sample["invented"]["sv"]
    assert "invented" in sample["invented"]["en"]
    named = [sample["partner"]["name"], *sample["partner"]["former_names"], *(account["bank"] for account in sample["partner"]["accounts"])]
    assert [one for one in named if "invented" not in one or "påhittad" not in one] == []
    assert "EXEMPEL" in sample["partner"]["registration_number"]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_is_registered_as_the_program_registers_a_partner(name: str) -> None:
    partner = SAMPLES[name]["partner"]
    assert normal(scheme=partner["registration_scheme"], number=partner["registration_number"]) == partner["registration_number"]
    assert sum(person["signs"] for person in partner["people"]) >= 2
    assert all(account["holder"] == partner["name"] for account in partner["accounts"])


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_is_written_for_the_template_that_is_bundled(name: str) -> None:
    assert SAMPLES[name]["template"] == {"id": TEMPLATE.id, "version": TEMPLATE.version}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_text_of_a_sample_is_in_both_languages(name: str) -> None:
    for text in texts_in(SAMPLES[name]):
        assert set(text) == {"sv", "en"}, text
        assert bool(text["sv"].strip()) == bool(text["en"].strip()), text


@every_assessment
def test_exactly_the_questions_that_are_asked_are_answered(name: str, place: int) -> None:
    result = result_of(name, place)
    assert result.is_complete
    assert {line.question for line in result.lines} == set(answers_of(name, place))


@every_assessment
def test_every_answer_is_one_that_its_question_allows_and_says_how_it_is_known(name: str, place: int) -> None:
    for id_, answer in answers_of(name, place).items():
        check_answer(TEMPLATE.question(id_), answer)
        assert (answer.known is not None) == (answer.state == "answered"), id_


@every_assessment
def test_every_key_answer_has_a_comment_and_evidence_of_its_own_that_is_fresh(name: str, place: int) -> None:
    one = SAMPLES[name]["assessments"][place]
    as_of = date.fromisoformat(one["as_of"])
    answers = answers_of(name, place)
    asked = {line.question for line in result_of(name, place).lines if line.key}
    for question in (question for _, question in TEMPLATE.questions() if question.id in asked):
        assert answers[question.id].comment, question.id
        assert question.evidence is not None
        oldest = as_of - timedelta(days=question.evidence.days or 31 * (question.evidence.months or 0))
        dates = [date.fromisoformat(file["dated"]) for file in one["evidence"] if file["question"] == question.id]
        assert any(oldest <= dated <= as_of for dated in dates), question.id


@every_assessment
def test_evidence_stands_behind_a_question_that_is_asked(name: str, place: int) -> None:
    answers = answers_of(name, place)
    assert [file["name"] for file in SAMPLES[name]["assessments"][place]["evidence"] if file["question"] not in answers] == []


@every_assessment
def test_every_proposed_risk_is_decided_and_no_other(name: str, place: int) -> None:
    decided = SAMPLES[name]["assessments"][place]["risks"]
    proposed = {risk.id: risk for risk in result_of(name, place).risks}
    assert [risk["proposal"] for risk in decided] == list(proposed)
    for risk in decided:
        proposal = next(one for one in TEMPLATE.risks if one.id == risk["proposal"])
        check_entry(
            RiskEntry(
                id=risk["proposal"],
                proposal=risk["proposal"],
                choice=risk["choice"],
                title=proposal.text["sv"],
                subject=proposal.subject,
                likelihood=risk.get("likelihood", proposal.likelihood),
                impact=risk.get("impact", proposal.impact),
                on_people=proposal.on_people,
                mitigation=in_swedish(risk["mitigation"]),
                residual_likelihood=risk["residual_likelihood"],
                residual_impact=risk["residual_impact"],
                reason=in_swedish(risk.get("reason")),
            )
        )


@every_assessment
def test_what_is_recommended_is_what_the_rules_give_with_conditions_that_lie_ahead(name: str, place: int) -> None:
    one = SAMPLES[name]["assessments"][place]
    proposal = result_of(name, place).proposal
    assert proposal is not None
    assert one["recommendation"]["decision"] == proposal.decision
    assert one["recommendation"]["conditions"]
    for condition in one["recommendation"]["conditions"]:
        assert (condition["due"] is not None) == (condition["before"] == "date")
        assert condition["due"] is None or condition["due"] > one["as_of"]


@every_assessment
def test_a_judged_rating_that_differs_has_a_reason(name: str, place: int) -> None:
    result = result_of(name, place)
    for judged in SAMPLES[name]["assessments"][place]["judged"]:
        subject = result.subject(judged["area"])
        assert subject is not None
        assert judged["rating"] == subject.score.band or judged["reason"]["sv"]


def test_the_new_partner_shows_every_kind_of_difficulty_once() -> None:
    result = result_of("new-partner", 0)
    assert [(gap.question, gap.key) for gap in result.gaps] == [
        ("finance.audit.result", True),
        ("people.data", False),
        ("design.exit", False),
    ]
    assert (result.completeness.not_applicable, result.completeness.not_established) == (1, 1)
    assert result.stops == ()


def test_a_key_question_is_confirmed_only_with_a_sentence() -> None:
    renewal = SAMPLES["renewal"]["assessments"][1]["answers"]
    confirmed = [id_ for id_, said in renewal.items() if said.get("confirmed")]
    assert len(confirmed) >= 10
    assert [id_ for id_ in confirmed if TEMPLATE.question(id_).key and not renewal[id_].get("sentence")] == []


def test_the_renewal_shows_answers_that_are_better_worse_new_and_no_longer_asked() -> None:
    before, now = (Assessed(TEMPLATE, set_of("renewal", place), result_of("renewal", place)) for place in (0, 1))
    changes = compare(before=before, now=now)
    by_how = {how: [change.question for change in changes.questions if change.how == how] for how in ("better", "worse", "no_longer_asked")}
    assert len(by_how["better"]) >= 10
    assert by_how["worse"] == ["finance.resilience", "finance.account.control", "harm.security"]
    assert by_how["no_longer_asked"] == ["identity.unregistered.why"]
    assert all(change.reason for change in changes.questions if change.how in ("better", "worse"))


def test_the_renewals_profile_is_held_by_its_weakest_section() -> None:
    organisation = result_of("renewal", 1).subject("organisation")
    assert organisation is not None
    assert (organisation.score.band_uncapped, organisation.score.band, organisation.score.held_by) == ("strong", "adequate", ("finance",))
