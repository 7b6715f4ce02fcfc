"""What is typed about a decision, what the rules say about it, and how a recorded one reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.language import Language
from desktop.recommendation.state import condition_words
from desktop.words import DECISIONS, word
from forms.money import Money
from forms.text import N_, in_language
from models.cards import AgreementCondition, AssessmentFile, DecisionCard, DecisionDraft, RapidTerms, Waiver
from models.database import own_day
from models.rapid import names_decider
from models.stops import met_stops

APPROVALS = ("approve", "approve_with_conditions")


@dataclass(frozen=True)
class TypedWaiver:
    """One waiver as it is typed."""

    stop: str
    limit: str = ""
    until: date | None = None
    control: str = ""


@dataclass(frozen=True)
class TypedCondition:
    """One condition as it is typed."""

    text: str = ""
    before: str = "signing"
    due: date | None = None


@dataclass(frozen=True)
class TypedDecision:
    """A decision as it is typed; ``wrong`` names date fields in which something stands that is no date."""

    outcome: str = ""
    body: str = ""
    minutes: str = ""
    paragraph: str = ""
    decided_on: date | None = None
    took_no_part: str = ""
    departure: str = ""
    waivers: tuple[TypedWaiver, ...] = ()
    conditions: tuple[TypedCondition, ...] = ()
    next_due: date | None = None
    granted_minor: int | None = None
    granted_until: date | None = None
    wrong: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class StopWords:
    """A stop criterion that the answers have met, in words."""

    id: str
    text: str
    waivable: bool


@dataclass(frozen=True)
class Needs:
    """What the form asks for with the outcome that is chosen: why it departs, waivers, conditions, and what forbids it.

    ``rapid`` holds the terms of a rapid start that is to be approved, which ask for what is granted.
    """

    departs: bool
    waivers: tuple[StopWords, ...]
    conditions: bool
    forbidden: str
    rapid: RapidTerms | None = None


def starting_point(file: AssessmentFile) -> TypedDecision:
    """Give what the form starts from: what was recommended, with its conditions and its date of the next assessment."""
    recommended = file.recommendation
    conditions = tuple(TypedCondition(one.text, one.before, one.due) for one in recommended.conditions) if recommended else ()
    terms = file.card.draft.rapid
    return TypedDecision(
        body=terms.decider if terms else "",
        conditions=conditions,
        next_due=recommended.next_due if recommended else None,
        granted_until=terms.ends if terms else None,
    )


def stops_of(file: AssessmentFile, language: Language) -> tuple[StopWords, ...]:
    """Give the stop criteria that are met, those that can never be waived first."""
    met = [StopWords(stop.id, in_language(stop.text, language.code), stop.waivable != "never") for stop in met_stops(file)]
    return tuple(sorted(met, key=lambda stop: stop.waivable))


def cannot_approve(file: AssessmentFile, language: Language) -> str:
    """Say why this case cannot be approved, with or without conditions; nothing when it can."""
    never = [stop.text for stop in stops_of(file, language) if not stop.waivable]
    if not never:
        return ""
    sentence = N_("This case cannot be approved, for a stop criterion is met that nobody can waive: {stops}")
    return language.text(sentence, stops=" ".join(never))


def needs(file: AssessmentFile, outcome: str, language: Language) -> Needs:
    """Say what the form asks for with an outcome, by the same rules that recording it follows."""
    recommended = file.recommendation.decision if file.recommendation else ""
    approving = outcome in APPROVALS
    stops = stops_of(file, language) if approving else ()
    forbidden = cannot_approve(file, language) if approving else ""
    return Needs(
        departs=bool(outcome) and outcome not in (recommended, "postpone"),
        waivers=tuple(stop for stop in stops if stop.waivable) if not forbidden else (),
        conditions=outcome == "approve_with_conditions",
        forbidden=forbidden,
        rapid=file.card.draft.rapid if approving else None,
    )


def problems(file: AssessmentFile, typed: TypedDecision, language: Language) -> dict[str, str]:
    """Say by field what keeps the decision from being recorded, in the order of the form."""
    return dict(_problems(file, typed, language))


def _problems(file: AssessmentFile, typed: TypedDecision, language: Language) -> Iterator[tuple[str, str]]:
    text = language.text
    wanted = needs(file, typed.outcome, language)
    if not typed.outcome:
        yield "decision.outcome", text(N_("Choose what was decided."))
    elif wanted.forbidden:
        yield "decision.outcome", wanted.forbidden
    if wanted.departs and not typed.departure.strip():
        yield "decision.departure", text(N_("The decision departs from the recommendation. Say why, as the minutes put it."))
    for name, value, words in (
        ("decision.body", typed.body, text(N_("Say who decided: the board, a committee or a delegate."))),
        ("decision.minutes", typed.minutes, text(N_("Say which minutes the decision stands in."))),
        ("decision.paragraph", typed.paragraph, text(N_("Say which paragraph of the minutes it is."))),
    ):
        if not value.strip():
            yield name, words
    yield from _date_problems(file, typed, language)
    if wanted.rapid is not None:
        yield from _rapid_problems(wanted.rapid, typed, language)
    for waiver in _waivers(typed, wanted):
        yield from _waiver_problems(waiver, typed, language)
    if wanted.conditions:
        yield from _condition_problems(typed, language)
    if "decision.next_due" in typed.wrong:
        yield "decision.next_due", text(N_("This is not a date. Write it as 2026-03-09."))


def _date_problems(file: AssessmentFile, typed: TypedDecision, language: Language) -> Iterator[tuple[str, str]]:
    if typed.decided_on is None:
        not_a_date = "decision.date" in typed.wrong
        words = N_("This is not a date. Write it as 2026-03-09.") if not_a_date else N_("Enter the date of the decision.")
        yield "decision.date", language.text(words)
    elif file.seal is not None and typed.decided_on < own_day(file.seal.at):
        sentence = N_("The decision is dated before the assessment was sealed ({date}). Check the date.")
        yield "decision.date", language.text(sentence, date=own_day(file.seal.at))


def _rapid_problems(terms: RapidTerms, typed: TypedDecision, language: Language) -> Iterator[tuple[str, str]]:
    text, cap = language.text, Money(terms.cap_minor, terms.currency, whole=True)
    if not names_decider(terms, typed.body) and not typed.departure.strip():
        yield "decision.departure", text(N_("{name} was named to decide. Say why somebody else did."), name=terms.decider)
    if typed.decided_on is not None and typed.decided_on > terms.complete_by:
        sentence = N_("The rapid start lapsed on {date}, so it can no longer be approved.")
        yield "decision.date", text(sentence, date=terms.complete_by)
    if not typed.granted_minor:
        yield "decision.granted", text(N_("Say how much is granted."))
    elif typed.granted_minor > terms.cap_minor:
        yield "decision.granted", text(N_("This is above the cap, {cap}."), cap=cap)
    if typed.granted_until is None:
        not_a_date = "decision.granted_until" in typed.wrong
        yield "decision.granted_until", text(N_("This is not a date. Write it as 2026-03-09.") if not_a_date else N_("Enter the date."))
    elif typed.granted_until > terms.ends:
        yield "decision.granted_until", text(N_("This is beyond the period, which ends on {date}."), date=terms.ends)


def _waiver_problems(waiver: TypedWaiver, typed: TypedDecision, language: Language) -> Iterator[tuple[str, str]]:
    text, name = language.text, f"decision.waiver.{waiver.stop}"
    if not waiver.limit.strip():
        yield f"{name}.limit", text(N_("Say what the waiver allows at most, such as an amount."))
    if waiver.until is None:
        not_a_date = f"{name}.until" in typed.wrong
        words = N_("This is not a date. Write it as 2026-03-09.") if not_a_date else N_("Say until when the waiver holds.")
        yield f"{name}.until", text(words)
    elif typed.decided_on is not None and waiver.until < typed.decided_on:
        yield f"{name}.until", text(N_("The waiver would end before it was decided. Check the date."))
    if not waiver.control.strip():
        yield f"{name}.control", text(N_("Say what control takes the criterion’s place meanwhile."))


def _condition_problems(typed: TypedDecision, language: Language) -> Iterator[tuple[str, str]]:
    text = language.text
    written = [(at, one) for at, one in enumerate(typed.conditions) if one.text.strip()]
    if not written:
        yield "decision.conditions", text(N_("Approving with conditions needs at least one condition."))
    for at, condition in written:
        if condition.before == "date" and condition.due is None:
            yield f"decision.condition.{at}.due", text(N_("Say by which date condition {n} is to be met."), n=at + 1)


def _waivers(typed: TypedDecision, wanted: Needs) -> tuple[TypedWaiver, ...]:
    by_stop = {waiver.stop: waiver for waiver in typed.waivers}
    return tuple(by_stop.get(stop.id, TypedWaiver(stop.id)) for stop in wanted.waivers)


def decision_draft(file: AssessmentFile, typed: TypedDecision, language: Language) -> DecisionDraft:
    """Give what is to be recorded; only for a decision without ``problems``. What its outcome does not ask for is left out."""
    assert typed.decided_on is not None  # noqa: S101 (else there are problems)
    wanted = needs(file, typed.outcome, language)
    approving = typed.outcome in APPROVALS
    conditions = tuple(
        AgreementCondition(one.text.strip(), one.before, one.due if one.before == "date" else None)  # type: ignore[arg-type]
        for one in typed.conditions
        if one.text.strip()
    )
    waivers = tuple(
        Waiver(one.stop, one.limit.strip(), one.until, one.control.strip()) for one in _waivers(typed, wanted) if one.until is not None
    )
    return DecisionDraft(
        outcome=typed.outcome,
        body=typed.body.strip(),
        minutes=typed.minutes.strip(),
        paragraph=typed.paragraph.strip(),
        decided_on=typed.decided_on,
        took_no_part=typed.took_no_part.strip(),
        departure=typed.departure.strip() if wanted.departs or _other_decider(wanted, typed) else "",
        waivers=waivers,
        conditions=conditions if wanted.conditions else (),
        next_due=typed.next_due if approving and wanted.rapid is None else None,
        granted_minor=typed.granted_minor if wanted.rapid is not None else None,
        granted_until=typed.granted_until if wanted.rapid is not None else None,
    )


def _other_decider(wanted: Needs, typed: TypedDecision) -> bool:
    return wanted.rapid is not None and not names_decider(wanted.rapid, typed.body)


@dataclass(frozen=True)
class Recommended:
    """The recommendation as it stands beside the form."""

    decision: str
    summary: str
    conditions: tuple[str, ...]
    next_due: str


def recommended_words(file: AssessmentFile, language: Language) -> Recommended | None:
    """Word the recommendation, ``None`` when there is none."""
    recommendation = file.recommendation
    if recommendation is None:
        return None
    return Recommended(
        decision=word(DECISIONS, recommendation.decision, language),
        summary=recommendation.summary,
        conditions=tuple(condition_words(one, file, language) for one in recommendation.conditions),
        next_due=language.date(recommendation.next_due) if recommendation.next_due else "",
    )


def _open_ended(sentence: str) -> str:
    """Leave out the full stop of a text that stands inside another sentence."""
    return sentence.strip().rstrip(".")


def _listed(lines: Sequence[str]) -> str | tuple[str, ...]:
    """Let several lines be a list."""
    return tuple(lines) if len(lines) > 1 else "".join(lines)


def _granted(draft: DecisionDraft, file: AssessmentFile, language: Language) -> str:
    terms = file.card.draft.rapid
    if terms is None or draft.granted_minor is None or draft.granted_until is None:
        return ""
    sentence = N_("{amount}, until {date}")
    return language.text(sentence, amount=Money(draft.granted_minor, terms.currency, whole=True), date=draft.granted_until)


def recorded_facts(card: DecisionCard, file: AssessmentFile, language: Language) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    """Word a recorded decision, line by line, several conditions or waivers as a list; what was not said is left out."""
    text, draft = language.text, card.draft
    stops = {stop.id: in_language(stop.text, language.code) for stop in met_stops(file)}
    waivers = [
        text(
            N_("{stop} Limit: {limit}. Until {until}. Control: {control}."),
            stop=stops.get(one.stop, one.stop),
            limit=_open_ended(one.limit),
            until=one.until,
            control=_open_ended(one.control),
        )
        for one in draft.waivers
    ]
    known: tuple[tuple[str, str | tuple[str, ...]], ...] = (
        (text(N_("Decided by")), draft.body),
        (text(N_("Minutes")), f"{draft.minutes}, {draft.paragraph}"),
        (text(N_("Date")), language.date(draft.decided_on)),
        (text(N_("Granted")), _granted(draft, file, language)),
        (text(N_("Took no part")), draft.took_no_part),
        (text(N_("Departs from the recommendation because")), draft.departure),
        (text(N_("Waivers")), _listed(waivers)),
        (text(N_("Conditions")), _listed([condition_words(one, file, language) for one in draft.conditions])),
        (text(N_("Next assessment due")), language.date(file.card.next_due) if file.card.next_due else ""),
        (text(N_("Recorded by")), f"{card.by_name}, {language.moment(card.at)}"),
    )
    return tuple((title, words) for title, words in known if words)
