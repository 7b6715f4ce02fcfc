"""Documents of several cases while they are written, and what came of them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from desktop.assessments.documents_state import DocumentLine
from desktop.language import Language
from desktop.operations.handing_out import NameTaken
from desktop.operations.wanted import LeftAsItIs, Wanted, Written
from desktop.words import SIGNER_FIELDS, Mark, Tone, word
from forms.errors import GedigenError
from forms.text import N_

#: Why a run is over: all was tried; the user stopped it; the person left, or the vault; the folder takes no more files.
Ended = Literal["", "done", "stopped", "left", "refused"]
Outcome = Written | GedigenError
#: So many of a sort must be done before their pace says something, and so many of the latest count.
_ENOUGH, _LATEST = 3, 12


@dataclass(frozen=True)
class Run:
    """How far the writing has come. ``why`` is the error that ended it; ``seconds_left`` is ``None`` while nothing honest can be said."""

    folder: Path
    lines: tuple[DocumentLine, ...]
    outcomes: Mapping[Wanted, Outcome] = field(default_factory=dict)
    present: Wanted | None = None
    is_stopping: bool = False
    ended: Ended = ""
    why: GedigenError | None = None
    seconds_left: float | None = None

    @property
    def every(self) -> tuple[Wanted, ...]:
        """The documents to write, in their order."""
        return tuple(line.wanted for line in self.lines if line.wanted is not None)

    @property
    def written(self) -> tuple[Written, ...]:
        """The files that are there now."""
        return tuple(one for one in self.outcomes.values() if isinstance(one, Written))

    @property
    def left_out(self) -> int:
        """How many documents were left out, before or while writing, by what was chosen."""
        return sum(isinstance(one, _CHOSEN) for one in self.outcomes.values()) + len(self.lines) - len(self.every)

    @property
    def failed(self) -> int:
        """How many could not be written though they should have been."""
        return len(self.outcomes) - len(self.written) - sum(isinstance(one, _CHOSEN) for one in self.outcomes.values())


#: What is left out because of what was chosen.
_CHOSEN = (LeftAsItIs, NameTaken)


class Pace:
    """How long documents take, apart for those that are there already and those that must be made."""

    def __init__(self) -> None:
        self._took: dict[bool, list[float]] = {True: [], False: []}

    def add(self, *, is_there: bool, seconds: float) -> None:
        """Take note of one that is done."""
        self._took[is_there].append(seconds)

    def left(self, lines: Iterable[DocumentLine]) -> float | None:
        """Give the seconds that these will take; ``None`` while too few of a sort that is among them are done."""
        whole = 0.0
        counts = {True: 0, False: 0}
        for line in lines:
            counts[line.is_there] += 1
        for sort, number in counts.items():
            latest = self._took[sort][-_LATEST:]
            if number and len(latest) < _ENOUGH:
                return None
            whole += number * sum(latest) / len(latest) if number else 0.0
        return whole


def run_lines(run: Run, language: Language, finished: dict[Wanted, DocumentLine] | None = None) -> tuple[DocumentLine, ...]:
    """Word every document as it stands now; those that were left out from the first stay as they are.

    ``finished`` holds the lines that will not change any more, from one call to the next: all of them are shown again after each document.
    """
    kept = {} if finished is None else finished
    for line in run.lines:
        if line.wanted in run.outcomes and line.wanted not in kept:
            kept[line.wanted] = _finished(line, run.outcomes[line.wanted], language)
    return tuple(line if line.wanted is None else kept.get(line.wanted) or _unfinished(line, run, language) for line in run.lines)


def progress_words(run: Run, language: Language) -> str:
    """Say how many of how many are done."""
    done, every = language.number(len(run.outcomes)), language.number(len(run.every))
    if run.is_stopping:
        return language.text(N_("{done} of {all} done. Stopping after this one…"), done=done, all=every)
    return language.text(N_("{done} of {all} done."), done=done, all=every)


def present_words(run: Run) -> str:
    """Name the document that is worked on now; empty between two."""
    line = next((line for line in run.lines if line.wanted is not None and line.wanted == run.present), None)
    return " · ".join((line.case_number, line.partner, line.document, line.language)) if line is not None else ""


def left_words(seconds: float | None, language: Language) -> str:
    """Say how long it will take, in whole minutes; empty while that is not known."""
    if seconds is None:
        return ""
    minutes = -(-int(seconds) // 60)
    if minutes <= 1:
        return language.text(N_("Less than a minute left."))
    return language.plural("About {n} minute left.", "About {n} minutes left.", minutes)


def summary(run: Run, language: Language) -> str:
    """Say what came of it, and what to do about the rest."""
    said = [_how_it_ended(run, language)]
    said.append(language.plural("{n} document is in the folder.", "{n} documents are in the folder.", len(run.written)))
    if run.left_out:
        said.append(language.plural("{n} is left out; the list says why.", "{n} are left out; the list says why.", run.left_out))
    if run.failed:
        said.append(
            language.plural(
                "{n} could not be written; the list says why and what to do.",
                "{n} could not be written; the list says why and what to do.",
                run.failed,
            )
        )
    rest = len(run.every) - len(run.outcomes)
    if rest:
        said.append(language.plural("{n} was not begun.", "{n} were not begun.", rest))
        said.append(language.text(N_("When you write them again, what is in the folder already is left as it is.")))
    return " ".join(filter(None, said))


def went_well(run: Run) -> bool:
    """Tell whether everything that was to be written is there."""
    return run.ended == "done" and not run.failed


def _how_it_ended(run: Run, language: Language) -> str:
    match run.ended:
        case "stopped":
            return language.text(N_("Stopped as you wished; every file that is there is whole."))
        case "left":
            return language.text(N_("Stopped because the vault was locked or somebody else works here; every file that is there is whole."))
        case "refused":
            return language.error(run.why) if run.why is not None else ""
        case _:
            return ""


def _unfinished(line: DocumentLine, run: Run, language: Language) -> DocumentLine:
    if run.ended:
        return _marked(line, "moderate", N_("Not begun"), language)
    if line.wanted == run.present:
        return _marked(line, "moderate", N_("In work"), language)
    return _marked(line, "incomplete", N_("Waits"), language)


def _finished(line: DocumentLine, outcome: Outcome, language: Language) -> DocumentLine:
    if isinstance(outcome, Written):
        words = N_("There already") if outcome.was_there else N_("Written")
        return _marked(line, "low", words, language, _file_words(outcome, language))
    if isinstance(outcome, _CHOSEN):
        return _marked(line, "incomplete", N_("Left out"), language, language.error(outcome))
    return _marked(line, "high", N_("Not written"), language, language.error(outcome))


def _marked(line: DocumentLine, tone: Tone, words: str, language: Language, said: str = "") -> DocumentLine:
    return replace(line, mark=Mark(tone, language.text(words)), said=said)


def _file_words(written: Written, language: Language) -> str:
    """Name the file, and who has signed it."""
    who: Sequence[str] = [word(SIGNER_FIELDS, field, language).lower() for field in written.signed if field in SIGNER_FIELDS]
    signed = language.text(N_("signed by {who}"), who=list(who)) if who else language.text(N_("not signed"))
    return f"{written.file.name} · {signed}"
