"""The library in a vault: what is offered, what is taken in and approved, and that none of it touches what has begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations import templates
from desktop.operations.assessments import start_assessment
from forms.reading import template_from_yaml
from forms.template import Template
from models import actor, partner, person, starting, vault
from models.actor import Actor
from models.cards import AddedInstrument, AssessmentDraft, PartnerDraft
from models.errors import ActRefused, RecordRefused
from models.wrapping import Cost

THREE = Path(__file__).parents[2] / "forms" / "three-questions.yaml"
CHEAP = Cost(iterations=1, memory_kib=32, lanes=1)
ASA, RUT = "åsas egna ord", "ruts egna ord"


def three(version: str = "1", **changed: str) -> Template:
    text = THREE.read_text(encoding="utf-8").replace('version: "1"', f'version: "{version}"')
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    return template_from_yaml(text.encode("utf-8"), file="three.yaml")


@pytest.fixture
def asa(tmp_path: Path) -> Iterator[Actor]:
    """The administrator of a new vault, which is open meanwhile."""
    folder = tmp_path / "Prov.gedigen"
    with vault.create(
        folder=folder, organisation="Provstiftelsen", person_name="Åsa Ek", passphrase=ASA, use_keyring=False, cost=CHEAP
    ) as made:
        assert made.opened_by is not None
        yield actor.unlock(person=made.opened_by, passphrase=ASA)


@pytest.fixture
def rut(asa: Actor) -> Actor:
    """A caseworker and nothing else."""
    card = person.add_person(
        by=asa, administrator_passphrase=ASA, name="Rut Al", email="", roles={"caseworker"}, passphrase=RUT, cost=CHEAP
    )
    return actor.unlock(person=card.id, passphrase=RUT)


def entry(template_id: str) -> templates.LibraryEntry:
    return next(one for one in templates.entries() if one.id == template_id)


def offered() -> set[tuple[str, str]]:
    return {(head.id, head.version) for head in templates.offered().heads()}


def test_every_bundled_template_is_offered_as_it_comes(asa: Actor) -> None:
    assert offered() == {(head.id, head.version) for head in templates.bundled().heads()}
    assert all(one.in_use is one.newest and one.newest.approved is None for one in templates.entries())


def test_an_own_template_is_offered_only_when_it_is_approved(asa: Actor) -> None:
    templates.take_in(actor=asa, template=three(), file=Path("min mall.yaml"))
    own = entry("three-questions")
    assert (own.in_use, own.newest.file) == (None, "min mall.yaml")
    assert own.newest.imported is not None
    assert own.newest.imported.by_name == "Åsa Ek"
    assert ("three-questions", "1") not in offered()
    templates.approve(actor=asa, template=three(), note=" Ledningsgruppen 2026-03-02, § 4 ")
    own = entry("three-questions")
    assert own.in_use is own.newest
    assert own.newest.approved is not None
    assert (own.newest.approved.by_name, own.newest.approved.note) == ("Åsa Ek", "Ledningsgruppen 2026-03-02, § 4")
    assert templates.offered().newest("three-questions") == three()


def test_a_newer_version_waits_for_its_own_approval_while_the_older_goes_on(asa: Actor) -> None:
    templates.take_in(actor=asa, template=three("1"), file=Path("a.yaml"))
    templates.approve(actor=asa, template=three("1"), note="")
    templates.take_in(actor=asa, template=three("2"), file=Path("b.yaml"))
    own = entry("three-questions")
    assert [version.head.version for version in own.versions] == ["2", "1"]
    assert own.in_use is not None
    assert own.in_use.head.version == "1"
    assert templates.offered().newest("three-questions").version == "1"


def test_the_same_id_and_version_with_another_content_is_refused(asa: Actor) -> None:
    templates.take_in(actor=asa, template=three(), file=Path("a.yaml"))
    other = three(**{"Tre frågor": "Tre andra frågor"})
    assert other.hash != three().hash
    with pytest.raises(RecordRefused, match="another content"):
        templates.take_in(actor=asa, template=other, file=Path("a.yaml"))
    with pytest.raises(RecordRefused, match="already"):
        templates.take_in(actor=asa, template=three(), file=Path("a.yaml"))
    assert len(entry("three-questions").versions) == 1


def test_a_bundled_name_cannot_be_taken_for_another_content(asa: Actor) -> None:
    head = templates.bundled().heads()[0]
    taken = three(head.version, **{"id: three-questions": f"id: {head.id}"})
    with pytest.raises(RecordRefused, match="another content"):
        templates.take_in(actor=asa, template=taken, file=Path("a.yaml"))


def test_what_is_switched_off_is_offered_no_longer_and_can_be_switched_on_again(asa: Actor) -> None:
    head = templates.bundled().heads()[0]
    templates.switch(actor=asa, template_id=head.id, on=False)
    off = entry(head.id)
    assert (off.switched_on, off.in_use) == (False, None)
    assert off.switched is not None
    assert off.switched.by_name == "Åsa Ek"
    assert head.id not in {one[0] for one in offered()}
    templates.switch(actor=asa, template_id=head.id, on=True)
    assert head.id in {one[0] for one in offered()}


def test_a_caseworker_can_neither_take_in_approve_nor_switch(asa: Actor, rut: Actor) -> None:
    head = templates.bundled().heads()[0]
    with pytest.raises(ActRefused):
        templates.take_in(actor=rut, template=three(), file=Path("a.yaml"))
    with pytest.raises(ActRefused):
        templates.approve(actor=rut, template=three(), note="")
    with pytest.raises(ActRefused):
        templates.switch(actor=rut, template_id=head.id, on=False)
    assert offered() == {(one.id, one.version) for one in templates.bundled().heads()}


def test_the_approval_of_a_bundled_template_is_of_this_content_and_no_other(asa: Actor) -> None:
    head = templates.bundled().heads()[0]
    template = templates.bundled().template(head.id, head.version)
    templates.approve(actor=asa, template=template, note="")
    assert entry(head.id).newest.approved is not None
    with pytest.raises(RecordRefused, match="approved already"):
        templates.approve(actor=asa, template=template, note="")


def test_an_assessment_goes_on_with_a_template_that_is_switched_off(asa: Actor) -> None:
    templates.take_in(actor=asa, template=three(), file=Path("a.yaml"))
    registered = partner.register(actor=asa, draft=PartnerDraft(name="Källvattnets vänner (påhittad)", country="KE"))
    draft = AssessmentDraft(registered, None, "new", "partner", "three-questions", "light", "Litet", date(2026, 3, 9))
    starting.start(actor=asa, draft=draft, template=three())
    templates.switch(actor=asa, template_id="three-questions", on=False)
    assert entry("three-questions").newest.used == 1
    assert templates.page(template_id="three-questions").template == three()


def test_an_instrument_that_was_added_counts_as_used(asa: Actor) -> None:
    templates.take_in(actor=asa, template=three(), file=Path("a.yaml"))
    templates.approve(actor=asa, template=three(), note="")
    check = templates.bundled().newest("financial-health-check")
    registered = partner.register(actor=asa, draft=PartnerDraft(name="Källvattnets vänner (påhittad)", country="KE"))
    chosen = AddedInstrument(check.id, check.scopes[0])
    draft = AssessmentDraft(registered, None, "new", "established", "three-questions", "light", "Litet", date(2026, 3, 9), added=(chosen,))
    start_assessment(actor=asa, draft=draft, templates=templates.offered())
    assert (entry("three-questions").newest.used, entry(check.id).newest.used) == (1, 1)


def test_a_page_says_which_templates_ask_questions_of_the_same_id(asa: Actor) -> None:
    templates.take_in(actor=asa, template=three(), file=Path("a.yaml"))
    copy = three(**{"id: three-questions": "id: three-again"})
    templates.take_in(actor=asa, template=copy, file=Path("b.yaml"))
    assert "three-questions" in {head.id for head in templates.page(template_id="three-again").clashes}
    with pytest.raises(KeyError):
        templates.page(template_id="nowhere")
