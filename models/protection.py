"""A protected partner: what reports may see of it, and every place where a text would still name it.

Reports and sealed records are made from ``reported``, so what is withheld is not there to be printed. Texts that somebody can still change
are left as they are, and ``named_places`` lists them; texts that nobody can change any more (why the scope was chosen, an earlier review,
last time's answers, answers to what is no longer asked) have the cover name in brackets where a name stood.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, cast
from urllib.parse import urlsplit
from uuid import UUID

from forms.answers import Answer, AnswerSet
from forms.canonical import plain
from forms.names import Sought, distinctive, in_place_of, stands_in, ways_of_writing
from models.cards import AssessmentCard, AssessmentFile, Earlier, PartnerCard, PartnerDraft

#: Where a name can stand in what would be printed.
Kind = Literal["partner", "project", "answer", "evidence", "outside", "risk", "judged", "recommendation", "tie", "review"]
Kept = TypeVar("Kept")
#: Hosts that give many a page or a name under them: the host alone tells nobody.
_SHARED_HOSTS = (
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "x.com",
    "twitter.com",
    "youtube.com",
    "t.me",
    "wa.me",
    "sites.google.com",
)


@dataclass(frozen=True)
class NamedPlace:
    """A place that names a protected partner: what it is, which question it belongs to, and whose text it is."""

    kind: Kind
    question: str = ""
    person: str = ""
    number: int = 0


def sought_of(draft: PartnerDraft) -> Sought:
    """Give everything by which a partner could be told: names, people, holders of accounts, website, and numbers."""
    organisations = [draft.name, *draft.former_names, *(one.holder for one in draft.accounts)]
    names = [way for name in organisations for way in ways_of_writing(name)]
    names += [one.name for one in draft.people]
    names += [address for address in [_address(draft.website)] if address]
    return Sought(tuple(dict.fromkeys(names)), (draft.registration_number, *(one.number for one in draft.accounts)))


def telling_words(draft: PartnerDraft) -> frozenset[str]:
    """Give the words, folded, that a cover name may not have."""
    names = [draft.name, *draft.former_names, *(one.name for one in draft.people), *(one.holder for one in draft.accounts)]
    return frozenset().union(*map(distinctive, names))


def _address(website: str) -> str:
    """Give what tells a website: its host, and on a host that many share what follows it too; empty where no host can be made out."""
    written = website.strip()
    try:
        parts = urlsplit(written if "//" in written else f"//{written}")
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2].partition(":")[0].removeprefix("www.")
    if "." not in host:
        return ""
    if any(f".{host.casefold()}".endswith(f".{shared}") for shared in _SHARED_HOSTS):
        return f"{host}{parts.path}" if parts.path.strip("/") else ""
    return host


def as_reported(partner: PartnerCard) -> PartnerCard:
    """Give a partner as reports may see it: of a protected one the cover name, the country and the legal form, and nothing else.

    Whether it is protected is what the version says that the report is about: what is sealed never changes.
    """
    draft = partner.draft
    if not draft.protected:
        return replace(partner, cover_now="")
    kept = PartnerDraft(draft.cover_name, draft.country, draft.legal_form, protected=True, cover_name=draft.cover_name)
    return replace(partner, draft=kept, cover_now="")


def as_recorded(partner: PartnerCard) -> dict[str, object]:
    """Give what a sealed record says of a partner."""
    shown = as_reported(partner)
    said = cast("dict[str, object]", plain(shown.draft))
    if shown.draft.protected:
        said = {name: said[name] for name in ("name", "country", "legal_form", "protected")}
    return {"id": shown.id, "rev": shown.rev, **said}


def reported(file: AssessmentFile) -> AssessmentFile:
    """Give an assessment as reports may see it; the same again when it is given what it has given."""
    draft = file.partner.draft
    if not draft.protected or draft.name == draft.cover_name:
        return file if not file.partner.cover_now else replace(file, partner=as_reported(file.partner))
    cover = _Cover(sought_of(draft), f"[{draft.cover_name}]")
    asked = {line.question for seen in file.each() for line in seen.result.lines}
    earlier = {
        id(one): cover.earlier(one, draft.cover_name)
        for one in (file.earlier, *(each.earlier for each in file.instruments))
        if one is not None
    }
    return replace(
        file,
        card=cover.card(file.card, draft.cover_name),
        partner=as_reported(file.partner),
        answers=AnswerSet({key: one if key.question in asked else cover.answer(one) for key, one in file.answers.answers.items()}),
        answer_cards=tuple(
            one if one.question in asked else replace(one, answer=cover.answer(one.answer), why=cover.over(one.why))
            for one in file.answer_cards
        ),
        evidence=tuple(one if one.question in asked else cover.over(one) for one in file.evidence),
        reviews=(
            *(replace(one, comment=cover.over(one.comment), points=cover.over(one.points)) for one in file.reviews[:-1]),
            *file.reviews[-1:],
        ),
        earlier=earlier.get(id(file.earlier)),
        instruments=tuple(replace(one, earlier=earlier.get(id(one.earlier))) for one in file.instruments),
    )


def under_cover(file: AssessmentFile, known: Sequence[PartnerDraft], cover_name: str) -> AssessmentFile:
    """Give a sealed assessment as it may be set beside others of a partner that goes by a cover name, whether it was protected then or not.

    ``known`` are all versions of the partner that are at hand: whatever could tell it by any of them is covered in every text, an earlier
    cover name too.
    """
    every = [sought_of(one) for one in known]
    earlier_covers = {one.cover_name for one in known if one.cover_name} - {cover_name}
    names = dict.fromkeys([*(name for one in every for name in one.names), *sorted(earlier_covers)])
    cover = _Cover(Sought(tuple(names), tuple(dict.fromkeys(number for one in every for number in one.numbers))), f"[{cover_name}]")
    draft = file.partner.draft
    kept = PartnerDraft(cover_name, draft.country, draft.legal_form, protected=True, cover_name=cover_name)
    return replace(
        file,
        card=replace(cover.card(file.card, cover_name), project_title=cover.over(file.card.project_title)),
        partner=replace(file.partner, draft=kept, cover_now=""),
        project=cover.over(file.project),
        answers=AnswerSet({key: cover.answer(one) for key, one in file.answers.answers.items()}),
        answer_cards=(),
        evidence=(),
        outside=(),
        ties=(),
        risks=cover.over(file.risks),
        judged=cover.over(file.judged),
        recommendation=cover.over(file.recommendation),
        reviews=cover.over(file.reviews),
        decision=cover.over(file.decision),
        earlier=None,
    )


@dataclass(frozen=True)
class _Cover:
    """Puts the cover name over names in texts that cannot be changed any more."""

    sought: Sought
    stand_in: str

    def over(self, value: Kept) -> Kept:
        """Cover every text within a value."""
        covered: object = value
        if isinstance(value, str):
            covered = in_place_of(value, self.sought, self.stand_in)
        elif isinstance(value, tuple):
            covered = tuple(self.over(one) for one in value)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            covered = replace(value, **{one.name: self.over(getattr(value, one.name)) for one in dataclasses.fields(value)})
        return cast("Kept", covered)

    def answer(self, answer: Answer) -> Answer:
        """Cover what an answer says."""
        return replace(answer, value=self.over(answer.value), comment=self.over(answer.comment), reason=self.over(answer.reason))

    def card(self, card: AssessmentCard, name: str) -> AssessmentCard:
        """Cover what was written when an assessment was started."""
        draft = replace(card.draft, scope_reason=self.over(card.draft.scope_reason), rapid=self.over(card.draft.rapid))
        return replace(card, draft=draft, partner_name=name)

    def earlier(self, earlier: Earlier, name: str) -> Earlier:
        """Cover last time's answers and evidence."""
        card = replace(self.card(earlier.assessment, name), project_title=self.over(earlier.assessment.project_title))
        answers = AnswerSet({key: self.answer(one) for key, one in earlier.answers.answers.items()})
        return replace(earlier, assessment=card, answers=answers, evidence=self.over(earlier.evidence))


def named_places(file: AssessmentFile) -> tuple[NamedPlace, ...]:
    """List every place that would name a protected partner in its report or record; nothing for a partner that is not protected.

    Texts of the template are the organisation's own and about no partner, and the names of those who work here are not texts.
    """
    draft = file.partner.draft
    if not draft.protected or draft.name == draft.cover_name:
        return ()
    sought = sought_of(draft)
    shown = reported(file)
    found = (place for place, text in _texts(shown) if stands_in(text, sought))
    return tuple(dict.fromkeys(found))


def names_partner(draft: PartnerDraft, value: object) -> bool:
    """Say whether any text within a value names a protected partner."""
    sought = sought_of(draft)
    return draft.protected and any(stands_in(text, sought) for text in _strings(value))


def record_names(draft: PartnerDraft, record: object, *, people: frozenset[str]) -> bool:
    """Say whether any text of a decoded record names a protected partner.

    Templates, Results and the names of ``people`` who work here are passed over, as in ``named_places``.
    """
    sought = sought_of(draft)
    return draft.protected and any(stands_in(text, sought) for text in _said(record) if text not in people)


def _said(record: object) -> Iterator[str]:
    """Give the texts of a decoded record, without those of templates and Results."""
    if isinstance(record, dict):
        for key, one in record.items():
            if key not in ("template", "result"):
                yield from _said(one)
    elif isinstance(record, list):
        for one in record:
            yield from _said(one)
    elif isinstance(record, str):
        yield record


def _texts(file: AssessmentFile) -> Iterator[tuple[NamedPlace, str]]:
    """Give every text that somebody has written and can change, with the place where it stands."""
    parts: list[tuple[NamedPlace, object]] = [(NamedPlace("partner"), file.partner.draft)]
    if file.project is not None:
        parts.append((NamedPlace("project"), file.project.draft))
    for card in file.answer_cards:
        parts.append((NamedPlace("answer", card.question), (card.answer.value, card.answer.comment, card.answer.reason, card.why)))
    results = {one.id: one.result for one in file.outside}
    for piece in file.evidence:
        kind: Kind = "evidence" if piece.outside is None else "outside"
        parts.append((NamedPlace(kind, piece.question), (piece.name, piece.note, results.get(piece.outside or piece.id))))
    parts += [(NamedPlace("risk", number=number), one) for number, one in enumerate(file.risks, start=1)]
    parts += [(NamedPlace("judged"), one.reason) for one in file.judged]
    parts.append((NamedPlace("recommendation"), file.recommendation))
    parts += [(NamedPlace("tie", person=one.person_name), (one.text, one.resolution)) for one in file.ties]
    parts += [(NamedPlace("review", person=one.reviewer_name), (one.comment, one.points)) for one in file.reviews[-1:]]
    return ((place, text) for place, part in parts for text in _strings(part))


def _strings(value: object) -> Iterator[str]:
    """Give every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _strings(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, (type, UUID)):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))
