"""The instruments of an assessment: the main one and those added, by acts; what their answers add up to, each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from forms.answers import AnswerKey, AnswerSet
from forms.linking import linked, links, origins
from forms.result import Case, Result
from forms.scoring import lookup_in, score
from forms.template import CAPACITY, RISK, BandTable, Template
from forms.text import N_
from models import body
from models.act import ActRow, Name, acts
from models.assessment import Assessment, draft_of, kept_template
from models.errors import RecordRefused

#: The acts that say which instruments an assessment uses.
ACTS: tuple[Name, ...] = ("instrument.added", "instrument.removed", "template.upgraded")


@dataclass(frozen=True)
class Chosen:
    """What an act about an instrument says: its id, and by which version (hash) and scope it is used."""

    instrument: str
    template_hash: str = ""
    scope: str = ""


@dataclass(frozen=True)
class InUse:
    """An instrument in use in an assessment."""

    template: Template
    scope: str


@dataclass(frozen=True)
class Sum:
    """What answers add up to: own ones with those linked from another instrument, and a Result per instrument, in their order."""

    answers: AnswerSet
    results: tuple[Result, ...]
    origins: Mapping[AnswerKey, AnswerKey] = field(default_factory=dict)


def in_use(row: Assessment, done: Iterable[ActRow] | None = None) -> tuple[InUse, ...]:
    """Give the instruments in use, the main one first; ``done`` are the assessment's acts, if they have been read already."""
    return tuple(InUse(kept_template(sha256), scope) for sha256, scope in _chosen(row, done).values())


def own_tables(sha256: str, bands: Mapping[str, str | None]) -> dict[str, BandTable]:
    """Give the band tables of a template's subjects whose band (by subject) is none of the fixed vocabulary, and needs the table's word."""
    if all(band is None or band in CAPACITY + RISK for band in bands.values()):
        return {}
    template = kept_template(sha256)
    return {one: template.bands[rule.bands] for one, rule in template.subjects.items()}


def main_hash(row: Assessment, done: Iterable[ActRow] | None = None) -> str:
    """Give the hash of the main template that the assessment is scored by now."""
    sha256, _ = next(iter(_chosen(row, done).values()))
    return sha256


def template_of(row: Assessment, instrument: str = "") -> Template:
    """Give the template of an instrument in use, of the main one unless another is named. Raises ``RecordRefused`` for one not in use."""
    chosen = _chosen(row, None)
    if not instrument:
        return kept_template(main_hash(row))
    if instrument not in chosen:
        raise RecordRefused(N_("This assessment does not use the template “{template}”."), template=instrument)
    return kept_template(chosen[instrument][0])


def template_with(row: Assessment, question: str) -> Template:
    """Give the template in use that asks a question. Raises ``RecordRefused`` when none does."""
    for one in in_use(row):
        if any(asked.id == question for _, asked in one.template.questions()):
            return one.template
    raise RecordRefused(N_("This assessment does not ask that question. Nothing was changed."))


def _chosen(row: Assessment, done: Iterable[ActRow] | None) -> dict[str, tuple[str, str]]:
    draft = draft_of(row)
    found = {draft.template_id: (row.template_hash, draft.scope)}
    for act in acts(row.id, *ACTS) if done is None else done:
        if act.name not in ACTS:
            continue
        said = body.read(act.body, Chosen)
        match act.name:
            case "instrument.added":
                found[said.instrument] = (said.template_hash, said.scope)
            case "instrument.removed":
                found.pop(said.instrument, None)
            case "template.upgraded":
                found[said.instrument] = (said.template_hash, found[said.instrument][1])
    return found


def add_up(used: Sequence[InUse], own: AnswerSet, case: Case, before: Sum | None = None) -> Sum:
    """Score each instrument by itself, linked questions answered from where they are answered. ``case`` has the main one's scope.

    An answer to a question that is not asked keeps still: it answers nothing elsewhere either. ``before`` is what other answers came to
    in the same case by the same instruments: one whose answers are the same is not scored again.
    """
    templates = [one.template for one in used]
    answers, from_where = own, {}
    if links(templates):
        asked = _asked(used, own, case)
        extended = linked(asked, templates)
        from_where = {key: source for key, source in origins(asked, templates).items() if key not in own}
        answers = AnswerSet({**own.answers, **{key: extended[key] for key in from_where}})
    kept = [_kept(one, answers, before, place) for place, one in enumerate(used)]
    results = tuple(
        result if result is not None else score(one.template, answers, replace(case, scope=one.scope))
        for one, result in zip(used, kept, strict=True)
    )
    return Sum(answers, results, from_where)


def _kept(one: InUse, answers: AnswerSet, before: Sum | None, place: int) -> Result | None:
    """Give an instrument's Result as it was, if its answers are the same."""
    if before is None:
        return None
    now, then = (
        {key: answer for key, answer in given.answers.items() if key.instrument == one.template.id} for given in (answers, before.answers)
    )
    return before.results[place] if now == then else None


def _asked(used: Sequence[InUse], own: AnswerSet, case: Case) -> AnswerSet:
    """Give the own answers to questions that are asked, seen with what is linked to them."""
    templates = [one.template for one in used]
    whole, kept = linked(own, templates), dict(own.answers)
    sources = {link.source.instrument for link in links(templates)}
    for one in used:
        if one.template.id not in sources:
            continue
        lookup = lookup_in(one.template, whole, replace(case, scope=one.scope))
        for _, question in one.template.questions():
            if lookup(question.id) is None:
                kept.pop(AnswerKey(one.template.id, question.id), None)
    return AnswerSet(kept)


def check_together(templates: Sequence[Template]) -> None:
    """Refuse instruments that cannot be used in one assessment: the same twice, or two that ask a question by the same id."""
    seen: dict[str, str] = {}
    for template in templates:
        if [one.id for one in templates].count(template.id) > 1:
            raise RecordRefused(N_("“{template}” is in this assessment already. Nothing was changed."), template=template.name)
        for _, question in template.questions():
            other = seen.setdefault(question.id, template.id)
            if other != template.id:
                raise RecordRefused(
                    N_("“{template}” and “{other}” both have a question {question}, so they cannot be used together."),
                    template=template.id,
                    other=other,
                    question=question.id,
                )
