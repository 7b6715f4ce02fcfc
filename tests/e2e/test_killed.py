"""A program that is killed in the middle of the answers has kept everything that it said was saved."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.e2e

NAME, WORDS = "Åsa Lind", "fyra små gråa båtar"
PARTNER = "Maji Safi Women (invented)"
#: How many questions are answered before the power goes.
ANSWERED = 9

_READ = """
import sys
from pathlib import Path
from desktop.operations import assessments, vaults
from models import audit
opened = vaults.open_vault(folder=Path(sys.argv[1]), passphrase=sys.argv[2])
(card,) = assessments.assessment_rows()
file = assessments.assessment_file(assessment_id=card.id)
chain = audit.check_chain()
print(len(file.answer_cards), "whole" if chain.whole else chain.faults)
opened.vault.close()
"""


def test_nothing_that_was_said_to_be_saved_is_lost_by_kill_9(start, tmp_path):
    from tests.e2e.answering import Assessing
    from tests.e2e.story import Story

    folder = tmp_path / "Öppen hand.gedigen"
    program = start()
    story = Story(program)
    story.create_vault(folder, organisation="Öppen hand (påhittad)", name=NAME, passphrase=WORDS)
    story.register_partner(PARTNER, country="Kenya", legal_form="association")
    story.add_project(title="Clean water for Mbale ward", amount="480000", starts="2027-01-01", ends="2027-12-31")
    story.start_assessment("A small first grant.")
    assessing = Assessing(story)
    kept = {}
    for number, asked in enumerate(assessing.walk(), start=1):
        assessing.answer()
        assessing.saved()
        kept[asked.words] = assessing.chosen()
        if number == ANSWERED:
            break
    # One more answer is under way when the power goes: it may be kept or not, but nothing else may be hurt by it.
    program.keys("Down", "1")
    program.kill()

    again = Story(start())
    again.room("Home")
    again.find_partner(PARTNER)
    again.open_first_assessment()
    seen = Assessing(again)
    seen.to_first()
    found = {}
    for asked in seen.walk():
        found[asked.words] = seen.chosen()
        if len(found) == ANSWERED:
            break
    assert found == kept
    assert all(kept.values()), "each answer was seen before the power went"
    again.program.keys("ctrl+q")
    again.program.process.wait(20)
    told = subprocess.run([sys.executable, "-c", _READ, folder, WORDS], capture_output=True, encoding="utf-8")
    assert told.stdout.split() in [[str(count), "whole"] for count in (ANSWERED, ANSWERED + 1)], told.stdout + told.stderr
