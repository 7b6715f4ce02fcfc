"""One partner, all the way, by keys alone: from an empty computer to a signed and decided report, and its renewal."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.e2e

ASA, ASAS_WORDS = "Åsa Lind", "fyra små gråa båtar"
ORJAN, ORJANS_WORDS = "Örjan Ek", "sju stora röda bilar"
PARTNER = "Maji Safi Women (invented)"
#: The key question that is answered below what is required, so that there is a gap, a risk and a condition.
WEAK = "choosing supplier"


def test_one_partner_all_the_way_by_keys_alone(start, tmp_path):
    from tests.e2e.answering import Assessing
    from tests.e2e.driver import wait
    from tests.e2e.finishing import Finishing
    from tests.e2e.story import Story

    program = start()
    story = Story(program)
    story.create_vault(tmp_path / "Öppen hand.gedigen", organisation="Öppen hand (påhittad)", name=ASA, passphrase=ASAS_WORDS)
    story.add_person(name=ORJAN, roles=["reviewer"], passphrase=ORJANS_WORDS, own_passphrase=ASAS_WORDS)
    story.register_partner(PARTNER, country="Kenya", legal_form="association")
    story.add_project(title="Clean water for Mbale ward", amount="480000", starts="2027-01-01", ends="2027-12-31")

    story.start_assessment("A small first grant to a partner that others know well.")
    assessing = Assessing(story)
    assert assessing.remains() > 30, "nothing is answered yet"
    answered = [assessing.answer(level="2" if WEAK in asked.words else "3") for asked in assessing.walk()]
    assert {asked.field for asked in answered} == {"", "money", "text"}
    assert 32 <= len(answered) <= 38, "a light assessment of a plain new partner"
    assessing.saved()
    # One is stopped while something remains, even when every question is answered.
    assert assessing.remains() == 5, "ties, a proposed risk, two own ratings and the recommendation"
    assert not story.sees("assessment.submit")
    assessing.declare_no_tie()
    assert assessing.remains() == 4

    finishing = Finishing(story)
    finishing.see_result()
    finishing.ask_why(WEAK)
    assert finishing.decide_risks("Payments in three instalments against bank statements.") == 1
    assert [finishing.judge_as_calculated(subject) for subject in ("organisation", "project")] == ["Adequate", "Adequate"]
    finishing.recommend(
        decision="Approve with conditions",
        summary="A sound first grant. One control is weak: one person can choose, approve and pay.",
        condition="Two approvers for every payment are named in writing.",
    )
    finishing.hand_over()

    story.become(ORJAN, ORJANS_WORDS)
    assert finishing.review(comment="Seen the minutes and five vouchers.") == 14
    story.become(ASA, ASAS_WORDS)
    finishing.seal()
    finishing.sign("en")
    story.become(ORJAN, ORJANS_WORDS)
    finishing.sign("en")

    story.become(ASA, ASAS_WORDS)
    report, root = tmp_path / "report.pdf", tmp_path / "root.pem"
    finishing.export(report)
    finishing.export_root(root)
    assert finishing.verify() == "Valid"
    verdict = _verify(report, root)
    assert (verdict["status"], [one["field"] for one in verdict["signatures"]]) == ("valid", ["Caseworker", "Reviewer"])
    assert [one["name"] for one in verdict["signatures"]] == [ASA, ORJAN]

    today = datetime.now(UTC).date().isoformat()  # not before the sealing, which is now
    minutes = {"decision.body": "The board", "decision.minutes": "2026-11", "decision.paragraph": "7", "decision.date": today}
    finishing.decide("Approve with conditions", minutes)

    finishing.renew("Next year's grant.")
    again = Assessing(story)
    assert again.remains() > 30, "nothing counts until it is confirmed"
    first = again.asked()
    again.confirm()
    second = wait("the next question", lambda: next((one for one in [again.asked()] if one.words != first.words), None))
    assert "Key question" in second.words
    again.confirm_in_words("The same statutes are in force; seen on 3 November.")
    assert again.asked().words != second.words
    again.saved()


def _verify(report, root):
    from tests.e2e.driver import program_command

    told = subprocess.run([*program_command(), "verify", report, "--root", root, "--json"], capture_output=True, encoding="utf-8")
    assert told.returncode == 0, told.stdout + told.stderr
    return json.loads(told.stdout)
