"""What is shown before another organisation's report is kept: whose it is, what it says, and which partner it would be linked to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.digest_words import grouped
from desktop.imported.judged import judged_by
from desktop.imported.words import band_of, kind_words, recommended_words, signer_words
from desktop.language import Language
from desktop.operations.importing import Checked, Placing
from desktop.words import SUBJECTS, Mark, stops_mark, word
from forms.text import N_, in_language
from models.subject_cards import PartnerCard

#: The choice that registers a partner from the record.
NEW = "new"


@dataclass(frozen=True)
class KeepState:
    """A verified report in words. ``options`` are partners by id and ``NEW``; ``refusal`` says why it cannot be kept, empty when it can.

    ``kept`` is the one that is here already.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    bands: tuple[tuple[str, Mark], ...]
    origin: tuple[tuple[str, str], ...]
    options: tuple[tuple[UUID | str, str], ...]
    proposed: UUID | str
    proposed_said: str
    refusal: str
    kept: UUID | None


def keep_state(checked: Checked, placing: Placing, language: Language) -> KeepState:
    """Word a report that has been verified and is about to be kept."""
    text, facts, origin = language.text, checked.facts, checked.origin
    likely = [one for wanted in placing.likely for one in placing.partners if one.id == wanted]
    others = [one for one in placing.partners if one.id not in placing.likely]
    named = text(N_("Register {name} as a new partner"), name=checked.partner.name)
    options: list[tuple[UUID | str, str]] = [(one.id, _partner(one, language)) for one in likely]
    options += [(NEW, named), *((one.id, _partner(one, language)) for one in others)]
    marks = [(word(SUBJECTS, subject, language), band_of(facts, subject, language)) for subject in ("organisation", "project")]
    marks.append((text(N_("Stop criteria")), stops_mark(facts.stops, language)))
    known = (
        (text(N_("Partner there")), facts.partner_name),
        (text(N_("Project")), facts.project_title),
        (text(N_("Kind")), kind_words(facts, language)),
        (text(N_("Date")), language.date(facts.as_of)),
        (text(N_("Template")), in_language(facts.template, language.code)),
        (text(N_("Caseworker")), facts.caseworker),
        (text(N_("Recommended")), recommended_words(facts, language)),
    )
    return KeepState(
        title=" · ".join(part for part in (facts.partner_name, facts.case_number) if part),
        facts=tuple((title, words) for title, words in known if words),
        bands=tuple((title, mark) for title, mark in marks if mark is not None),
        origin=(
            (text(N_("Organisation")), origin.organisation),
            (text(N_("Signed by")), "\n".join(signer_words(one, language) for one in origin.signers)),
            (text(N_("Root certificate")), origin.root_subject),
            (text(N_("Root certificate’s fingerprint (SHA-256)")), grouped(origin.root_sha256).upper()),
            (text(N_("Sealed in the vault")), str(origin.vault)),
            *judged_by(checked.verdict, language),
        ),
        options=tuple(options),
        proposed=likely[0].id if likely else NEW,
        proposed_said=_proposed(likely, language),
        refusal=language.error(placing.refusal) if placing.refusal is not None else "",
        kept=placing.kept.id if placing.kept is not None else None,
    )


def _partner(one: PartnerCard, language: Language) -> str:
    return f"{one.name}, {language.country(one.draft.country)}"


def _proposed(likely: list[PartnerCard], language: Language) -> str:
    if not likely:
        return language.text(N_("No partner here has this name or registration number."))
    if len(likely) == 1:
        return language.text(N_("Proposed because the registration number or the name is the same. Your partner stays as it is."))
    return language.text(N_("Several partners here have this registration number or name; they stand first. They stay as they are."))
