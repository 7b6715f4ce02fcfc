"""The template for support networks in conflict areas: its red flags, and that nobody is invited to write about individuals."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.kinds import points_of
from forms.reading import read_template
from forms.result import Case, Result
from forms.scoring import score

TEMPLATE = read_template(Path(__file__).parents[2] / "resources" / "templates" / "community-network.yaml")
CASE = Case(as_of=date(2026, 11, 16), scope="standard", amount_minor=30_000_000, currency="NOK")


def filled(**changes: Any) -> Result:
    """Score the best answers to all that is scored, with some changed; dots in ids are written as two underscores."""
    given: dict[str, Any] = {}
    for _, question in TEMPLATE.questions():
        worth = points_of(question)
        if worth is not None:
            best = max(worth, key=lambda key: worth[key])
            given[question.id] = int(best) if question.levels else best
    given |= {
        "network.registration": "unregistered",
        "network.allegations": "none",
        "network.serious": "none",
        "network.money.route": "host",
        "network.screening": "nothing",
        "network.owe": "Svar innen to uker.",
        "network.coordinators.figures": (("Leir A", 12, 7, 240),),
        "network.services": tuple(("refers", "Klinikk", "2026-10-01") for _ in TEMPLATE.question("network.services").rows),
    }
    given |= {name.replace("__", "."): value for name, value in changes.items()}
    answers = {AnswerKey(TEMPLATE.id, question): Answer("answered", value, "seen") for question, value in given.items()}
    return score(TEMPLATE, AnswerSet(answers), CASE)


def test_unregistered_partner_at_its_best_is_strong_and_approved() -> None:
    result = filled()
    assert result.is_complete
    assert {subject.subject: subject.score.band for subject in result.subjects} == {"organisation": "strong", "project": "strong"}
    assert (result.stops, result.clashes, result.risks, result.gaps) == ((), (), (), ())
    assert result.proposal is not None
    assert result.proposal.decision == "approve"


@pytest.mark.parametrize(
    ("question", "value", "stop", "waivable"),
    [
        ("network__need", 0, "conditional_aid", "never"),
        ("network__allegations", "concealed", "abuse_concealed", "never"),
        ("network__screening", "listed", "sanctions", "never"),
        ("network__money__route", "unlicensed", "payment_route", "never"),
        ("network__violence__mediation", "practice", "mediation", "board"),
        ("network__violence__leaders", "rule", "leaders", "board"),
        ("network__identity", 0, "identity_not_established", "board"),
        ("network__money__hands", 0, "sole_control", "board"),
        ("network__armed", 0, "armed", "board"),
        ("network__serious", "cannot_mitigate", "serious_harm", "board"),
    ],
)
def test_every_stop_criterion_can_be_met_and_stands_above_the_figures(question: str, value: Any, stop: str, waivable: str) -> None:
    result = filled(**{question: value})
    assert [(one.id, one.waivable) for one in result.stops] == [(stop, waivable)]
    assert result.proposal is not None
    assert result.proposal.decision == ("decline" if waivable == "never" else "send_back")


@pytest.mark.parametrize("value", ["happened", "practice"])
def test_mediating_in_domestic_violence_is_a_red_flag_and_no_neutral_activity(value: str) -> None:
    result = filled(network__violence__mediation=value)
    assert "mediation_harm" in {risk.id for risk in result.risks}
    assert "network.violence.mediation" in {gap.question for gap in result.gaps}
    assert result.section("protection").score.band == "limited"
    assert "trained_but_mediates" in {clash.id for clash in result.clashes}


def test_telling_leaders_without_consent_contradicts_that_consent_is_respected() -> None:
    assert "consent_but_leaders" in {clash.id for clash in filled(network__violence__leaders="judgement").clashes}


def test_good_average_does_not_hide_weak_protection() -> None:
    result = filled(network__referral=1)
    organisation = result.subject("organisation")
    assert organisation is not None
    assert (organisation.score.band, organisation.score.held_by) == ("limited", ("protection",))


INVITING = (
    "network.coordinators.figures",
    "network.services",
    "network.violence.mediation",
    "network.violence.leaders",
    "network.allegations",
)


@pytest.mark.parametrize("question", INVITING)
def test_field_that_invites_details_of_individuals_forbids_them(question: str) -> None:
    guidance = TEMPLATE.question(question).guidance
    assert re.search(r"skriv ingen|uten navn|må skrives|ingen navn", guidance["nb"].lower())
    assert re.search(r"write no|without name|may be written|no names", guidance["en"].lower())


@pytest.mark.parametrize("name", ["protection", "safeguarding"])
def test_sections_about_protection_begin_by_forbidding_it(name: str) -> None:
    intro = next(section.intro for section in TEMPLATE.sections if section.id == name)
    assert intro is not None
    assert "skriv aldri" in intro["nb"].lower()
    assert "never write" in intro["en"].lower()


def test_follow_up_is_never_zero_and_rises_with_the_amount() -> None:
    table = TEMPLATE.assurance
    assert table is not None
    for band in ("weak", "limited", "adequate", "strong"):
        visits = [row.counts[band][0] for row in table.rows]
        assert visits == sorted(visits)
        assert visits[0] > 0
