"""The question in focus, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.assessment.answerers import answerer_words
from desktop.assessment.keys import Keys, keys_of
from desktop.assessment.last_time import LastTime, earlier_answer, last_time
from desktop.assessment.link_state import LinkState, link_state
from desktop.assessment.reliance import Reliance, reliance
from desktop.assessment.wording import age_limit, answer_words, earliest, figure, size_words
from desktop.language import Language
from desktop.partners.registers import USUAL
from desktop.words import KNOWN, YES_PARTLY_NO, word
from forms.answers import Answer
from forms.registration import SWEDEN
from forms.result import QuestionLine
from forms.template import Question, Section
from forms.text import N_, in_language
from forms.values import Value
from models.cards import AnswerCard, AssessmentFile, EvidenceCard


@dataclass(frozen=True)
class AnswerRow:
    """One answer to pick: its value, the key for it, its words and a quiet note ("← last time")."""

    value: int | str
    key: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence: ``about`` is date, size and short hash in words; ``warning`` says that it is too old or undated."""

    id: UUID
    name: str
    note: str
    about: str
    warning: str
    can_open: bool
    media_type: str


@dataclass(frozen=True)
class QuestionState:
    """Everything about the question in focus; ``given`` is the answer as shown, which may still wait for a reason.

    ``currency`` and ``register`` (a list code) are what an amount or an organisation number is in while nothing else is said.
    """

    id: str
    number: str
    section: str
    text: str
    guidance: str
    tags: tuple[str, ...]
    expected: str
    age_warning: str
    kind: str
    rows: tuple[AnswerRow, ...]
    given: Answer | None
    currency: str
    register: str
    as_of: date
    keys: Keys
    may_be_set_aside: bool
    evidence: tuple[EvidenceRow, ...]
    last: LastTime | None
    link: LinkState | None
    reliance: Reliance | None
    said: str
    missing_known: str
    spoken: str


def question_state(
    *,
    file: AssessmentFile,
    section: Section,
    question: Question,
    line: QuestionLine,
    number: int,
    given: Answer | None,
    card: AnswerCard | None,
    language: Language,
) -> QuestionState:
    """Word one question with its answer, evidence and last time's answer."""
    code = language.code
    last, link = last_time(file, question, given, card, language), link_state(file, question, language)
    outside = reliance(file, question, given, card, language)
    before = earlier_answer(file.earlier, question)
    keys = keys_of(question, code)
    evidence = tuple(card for card in file.evidence if card.question == question.id)
    return QuestionState(
        id=question.id,
        number=figure(number, language),
        section=_place(section, question, language),
        text=in_language(question.text, code),
        guidance=in_language(question.guidance, code),
        tags=tuple(part for part in (answerer_words(file, question, language), *_tags(section, question, line, language)) if part),
        expected=_expected(question, language),
        age_warning=_too_old(question, evidence, file.card.draft.as_of, language),
        kind=question.kind,
        rows=_rows(question, before.answer if before is not None and before.fits else None, language),
        given=given,
        currency=file.project.draft.currency if file.project else "SEK",
        register=file.partner.draft.registration_scheme or USUAL.get(file.partner.draft.country, SWEDEN),
        as_of=file.card.draft.as_of,
        keys=keys,
        may_be_set_aside=question.may_be_not_applicable,
        evidence=tuple(_evidence_row(question, card, file.card.draft.as_of, language) for card in evidence),
        last=last,
        link=link,
        reliance=outside,
        said=_said(card, language),
        missing_known=_missing_known(line, given, keys, language),
        spoken=". ".join(
            [
                _spoken(question, given, last, link, file.card.draft.as_of, language),
                *([outside.words, outside.said] if outside is not None else []),
            ]
        ),
    )


def _missing_known(line: QuestionLine, given: Answer | None, keys: Keys, language: Language) -> str:
    if not line.scored or given is None or given.state != "answered" or given.known is not None:
        return ""
    pressed = [keys.actions[known] for known in KNOWN]
    return language.text("Not done yet: say how it is known ({keys})", keys=", ".join(pressed))


def _spoken(
    question: Question, given: Answer | None, last: LastTime | None, link: LinkState | None, as_of: date, language: Language
) -> str:
    """Say for ears alone what stands here, and what stood here last time."""
    said = answer_words(question, given, language, as_of=as_of)
    parts = [language.text("Answer: {answer}", answer=said) if given else language.text("No answer yet")]
    if given is not None and given.known is not None:
        parts.append(word(KNOWN, given.known, language))
    if link is not None:
        parts += [link.words, link.said]
    if last is not None:
        parts += [language.text("Last time ({date}): {answer}", date=last.when, answer=last.words), last.said]
    return ". ".join(parts)


def _place(section: Section, question: Question, language: Language) -> str:
    """Name the section, and the heading within it that the question stands under."""
    group = next((in_language(one.title, language.code) for one in section.groups if one.id == question.group), "")
    title = in_language(section.title, language.code)
    return f"{title} · {group}" if group else title


def _tags(section: Section, question: Question, line: QuestionLine, language: Language) -> tuple[str, ...]:
    tags = [language.text("Key question")] if question.key else []
    if line.required is not None and question.levels:
        tags.append(language.text("required level {level}", level=line.required))
    if question.optional:
        tags.append(language.text("may be left out"))
    if not line.scored:
        tags.append(language.text("recorded, not scored"))
    if section.flag is not None and line.points is not None and line.points <= section.flag.at_most:
        tags.append(in_language(section.flag.text, language.code))
    return tuple(tags)


def _expected(question: Question, language: Language) -> str:
    if question.evidence is None:
        return ""
    words = in_language(question.evidence.text, language.code)
    limit = age_limit(question.evidence.months, question.evidence.days, language)
    return f"{words} ({limit})" if limit and not any(char.isdigit() for char in words) else words


def _too_old(question: Question, evidence: tuple[EvidenceCard, ...], as_of: date, language: Language) -> str:
    """Warn when there is evidence and none of it is young enough; another body's result has a validity of its own."""
    if question.evidence is None or not evidence or any(card.outside is not None for card in evidence):
        return ""
    limit = earliest(as_of, months=question.evidence.months, days=question.evidence.days)
    dates = [card.dated for card in evidence if card.dated is not None]
    if limit is None or any(day >= limit for day in dates):
        return ""
    if not dates:
        return language.text("No evidence here has a date of its own; it must be from {limit} or later.", limit=limit)
    return language.text("The newest evidence is from {newest}; it must be from {limit} or later.", newest=max(dates), limit=limit)


def _evidence_row(question: Question, card: EvidenceCard, as_of: date, language: Language) -> EvidenceRow:
    parts = [language.date(card.dated) if card.dated else language.text("no date")]
    if card.sha256:
        parts += [size_words(card.size, language), f"SHA-256 {card.sha256[:8]}"]
    else:
        parts.append(language.text("reference without file"))
    parts.append(card.person_name)
    limit = earliest(as_of, months=question.evidence.months, days=question.evidence.days) if question.evidence else None
    is_old = limit is not None and card.dated is not None and card.dated < limit and card.outside is None
    warning = language.text("too old") if is_old else ""
    note = "" if card.outside is not None else card.note  # the result says it above the answers
    return EvidenceRow(card.id, card.name, note, " · ".join(parts), warning, bool(card.sha256), card.media_type)


def _rows(question: Question, before: Answer | None, language: Language) -> tuple[AnswerRow, ...]:
    texts: dict[int | str, str] = {}
    if question.kind == "level":
        texts = {level.key: in_language(level.text, language.code) for level in question.levels}
    elif question.kind == "yes_partly_no":
        texts = {value: language.text(words) for value, words in YES_PARTLY_NO.items()}
    else:
        texts = {option.id: in_language(option.text, language.code) for option in question.options}
    keys = {value: key for key, value in keys_of(question, language.code).answers.items()}
    then = before.value if before is not None and before.state == "answered" else None
    note = language.text("← last time")
    return tuple(AnswerRow(value, keys.get(value, ""), text, note if _is_among(value, then) else "") for value, text in texts.items())


def _is_among(value: int | str, then: Value | None) -> bool:
    """Say whether an answer was the one last time, or one of several."""
    return value in then if isinstance(then, tuple) else value == then


def _said(card: AnswerCard | None, language: Language) -> str:
    if card is None:
        return ""
    messages = {
        "typed": N_("{name}, {at}"),
        "confirmed": N_("{name} confirmed last time’s answer, {at}"),
        "imported": N_("{name}, {at}, from a file"),
        "undo": N_("{name}, {at}, taken back"),
        "redo": N_("{name}, {at}, brought forward again"),
        "relied_on": N_("{name} relied on another body’s result, {at}"),
        "upgraded": N_("{name}, carried over to a newer version of the template, {at}"),
    }
    said = language.text(messages[card.source], name=card.person_name, at=card.at)
    return f"{said} · {language.text('Why: {why}', why=card.why)}" if card.why and card.source not in ("confirmed", "upgraded") else said
