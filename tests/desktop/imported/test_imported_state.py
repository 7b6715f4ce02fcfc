"""What the window says about another organisation's assessment."""

from __future__ import annotations

import dataclasses
import json

import pytest

from desktop.assessments.state import IMPORTED, lines, state_options
from desktop.imported.keep_state import NEW, keep_state
from desktop.imported.state import imported_state
from desktop.imported.words import band_of
from desktop.language import LANGUAGES, language
from desktop.operations import importing
from desktop.reports.imported_record import ReportRefused, attached_file, received
from forms.canonical import canonical_json
from models import imported, partner
from models.actor import Actor
from models.cards import PartnerDraft
from models.imported_cards import ImportedFile
from tests.desktop.imported.conftest import Sent
from tests.desktop.imported.other_vault import PARTNER, Foreign
from tests.desktop.reports.sample_file import sample_file

EN = language("en")


@pytest.fixture
def here(foreign: Foreign, asa: Actor) -> Actor:
    return asa


@pytest.fixture
def checked(here: Actor, sent: Sent) -> importing.Checked:
    return importing.check_report(path=sent.report, root=sent.root)


@pytest.fixture
def kept(here: Actor, checked: importing.Checked) -> ImportedFile:
    change = importing.keep_report(actor=here, checked=checked, partner_id=None)
    assert change.made is not None
    return importing.imported_file(imported_id=change.made)


def test_the_result_that_is_shown_is_computed_from_the_record(kept: ImportedFile) -> None:
    state = imported_state(kept, EN)
    (scores,) = state.instruments
    assert (scores.lines[0].mark.word, scores.lines[0].is_subject) == ("Strong", True)
    assert all(line.figure for line in scores.lines)
    assert not state.differs
    lied = dataclasses.replace(
        kept, card=dataclasses.replace(kept.card, facts=dataclasses.replace(kept.card.facts, organisation_band="weak"))
    )
    assert imported_state(lied, EN).differs
    assert imported_state(lied, EN).instruments == state.instruments


def test_a_record_whose_answers_do_not_come_to_its_result_is_not_shown(kept: ImportedFile) -> None:
    said = json.loads(kept.record)
    said["answers"][0]["value"] = 0
    with pytest.raises(ReportRefused, match="does not come to the result"):
        imported_state(dataclasses.replace(kept, record=canonical_json(said)), EN)


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_says_whose_it_is_and_that_it_is_only_read(kept: ImportedFile, code: str) -> None:
    state = imported_state(kept, language(code))
    assert "Systerstiftelsen" in state.marked.word
    assert "Systerstiftelsen" in state.said
    assert all(title and words for title, words in (*state.facts, *state.origin))
    assert len(state.findings) == len(json.loads(kept.verdict)["sentences"])


def test_in_the_list_it_stands_among_ones_own_marked_and_can_be_filtered(kept: ImportedFile) -> None:
    own = sample_file().card
    both = lines((own,), EN, imported=(kept.card,))
    assert {line.case_number for line in both} == {own.case_number, kept.card.facts.case_number}
    (other,) = lines((own,), EN, imported=(kept.card,), state=IMPORTED)
    assert (other.card, other.imported, other.state.word) == (None, kept.card.id, "Read-only")
    assert (other.partner, other.project) == (PARTNER.name, "From Systerstiftelsen")
    assert lines((own,), EN, imported=(kept.card,), state=own.state) == lines((own,), EN, state=own.state)
    assert (IMPORTED, "From other organisations (1)") in state_options((own,), EN, imported=1)
    assert IMPORTED not in dict(state_options((own,), EN))


def test_a_project_that_there_is_none_of_has_no_band(kept: ImportedFile) -> None:
    facts = kept.card.facts
    assert band_of(facts, "project", EN) is None
    named = dataclasses.replace(facts, project_title="Brunnar")
    mark = band_of(named, "project", EN)
    assert mark is not None
    assert mark.word == "Incomplete"


def test_without_a_likely_partner_a_new_one_is_proposed(checked: importing.Checked) -> None:
    state = keep_state(checked, importing.place(checked=checked), EN)
    assert (state.proposed, [key for key, _ in state.options]) == (NEW, [NEW])
    assert PARTNER.name in state.options[0][1]
    assert not state.refusal


def test_a_likely_partner_stands_first_and_the_others_after_the_new_one(here: Actor, checked: importing.Checked) -> None:
    other = partner.register(actor=here, draft=PartnerDraft("Annan (påhittad)", "SE"))
    same = partner.register(actor=here, draft=PartnerDraft(PARTNER.name, "SE"))
    state = keep_state(checked, importing.place(checked=checked), EN)
    assert [key for key, _ in state.options] == [same, NEW, other]
    assert state.proposed == same
    assert "stays as it is" in state.proposed_said


def test_one_that_is_kept_already_is_shown_the_way_to(kept: ImportedFile, checked: importing.Checked) -> None:
    state = keep_state(checked, importing.place(checked=checked), EN)
    assert state.kept == kept.card.id
    assert "kept already" in state.refusal


def test_likely_partners_are_found_whatever_the_case_and_spaces(here: Actor, foreign: Foreign) -> None:
    read = received(attached_file(foreign.both, "assessment.json"))
    assert imported.likely_partners(name=read.partner.name, scheme="", number="") == ()
    made = partner.register(actor=here, draft=PartnerDraft("Nya (påhittad)", "SE", former_names=("BERGETS brunnar  (påhittad)",)))
    assert imported.likely_partners(name=read.partner.name, scheme="", number="") == (made,)
