"""Documents of several cases: what is chosen for all, what comes of each case, and why something is left out. Before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from desktop.language import LANGUAGES, Language
from desktop.operations.sealed_cases import SealedCase
from desktop.operations.wanted import Wanted
from desktop.report.state import PURPOSES, TITLES, Kind
from desktop.reports.chosen import Chosen, Ticks
from desktop.seal.state import language_title
from desktop.words import SIGNER_FIELDS, Mark, word
from forms.text import N_
from models.document_kind import BOARD_PAGE, FULL_REPORT, PARTNER_FEEDBACK, PUBLIC_RECORD, RENEWED, DocumentKind
from models.report import Newest

#: The kinds in the order in which they are offered and written; for the partner it is feedback, since the cases are sealed.
KINDS: dict[Kind, DocumentKind] = {"full": FULL_REPORT, "board": BOARD_PAGE, "partner": PARTNER_FEEDBACK, "public": PUBLIC_RECORD}
_NAMES_IT = N_("Sealed before the partner was protected: the report names the partner. Take care where it goes.")


@dataclass(frozen=True)
class Wish:
    """What is chosen for all of the cases. ``languages`` are ``None`` until some are chosen, or none.

    ``unsigned``: what nobody has signed is written too, and made if need be.
    """

    kinds: frozenset[Kind] = frozenset({"full"})
    languages: frozenset[str] | None = None
    archive: bool = False
    ticks: Ticks = field(default_factory=Ticks)
    unsigned: bool = False
    folder: str = ""


@dataclass(frozen=True)
class DocumentLine:
    """One document of one case: how it stands, or what became of it. ``wanted`` is ``None`` for one that is left out.

    ``is_there``: it has been made already, so that writing it is quick. ``case`` is the assessment.
    """

    case: UUID
    case_number: str
    partner: str
    document: str
    language: str
    mark: Mark
    said: str
    wanted: Wanted | None = None
    is_there: bool = False


@dataclass(frozen=True)
class DocumentsState:
    """Everything the room shows before it writes. ``warnings`` and ``notes`` are to be read before.

    ``kinds`` are key, title and purpose.

    ``languages`` are code, name, and how many of the cases have it, in words.
    """

    kinds: tuple[tuple[Kind, str, str], ...]
    languages: tuple[tuple[str, str, str], ...]
    wish: Wish
    lines: tuple[DocumentLine, ...]
    said: str
    warnings: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The documents that will be written, in their order."""
        return tuple(line.wanted for line in self.lines if line.wanted is not None)

    @property
    def is_public(self) -> bool:
        """Whether a public record is among them, whose warning must be confirmed."""
        return any(one.chosen.kind == PUBLIC_RECORD for one in self.wanted)


def documents_state(cases: tuple[SealedCase, ...], wish: Wish, language: Language) -> DocumentsState:
    """Say what comes of these cases by a wish; languages that none of them has are left out of it."""
    offered = tuple(code for code in LANGUAGES if any(code in case.languages for case in cases))
    chosen = _usual(offered, language) if wish.languages is None else wish.languages.intersection(offered)
    wish = replace(wish, languages=chosen)
    lines = tuple(line for case in cases for line in _of_case(case, wish, chosen, language))
    return DocumentsState(
        kinds=tuple((kind, language.text(TITLES[kind]), language.text(PURPOSES[KINDS[kind]])) for kind in KINDS),
        languages=tuple((code, language_title(code), _having(code, cases, language)) for code in offered),
        wish=wish,
        lines=lines,
        said=_said(lines, wish, language),
        warnings=tuple(_warnings(cases, lines, language)),
        notes=tuple(_notes(lines, language)),
    )


def _usual(offered: tuple[str, ...], language: Language) -> frozenset[str]:
    """Give the language that is chosen while none is: the reader's, if a case has it."""
    return frozenset({language.code} if language.code in offered else offered[:1])


def _having(code: str, cases: tuple[SealedCase, ...], language: Language) -> str:
    having = sum(code in case.languages for case in cases)
    if having == len(cases):
        return language.text(N_("all cases"))
    return language.text(N_("{n} of {all} cases"), n=language.number(having), all=language.number(len(cases)))


def _of_case(case: SealedCase, wish: Wish, languages: frozenset[str], language: Language) -> Iterator[DocumentLine]:
    if not case.is_sealed:
        yield _left_out(case, "", "", language.text(N_("It is not sealed, and documents are made of sealed cases.")), language)
        return
    for kind in (kind for kind in KINDS if kind in wish.kinds):
        title = language.text(TITLES[kind])
        if kind == "public" and case.is_protected:
            why = language.text(N_("The partner is protected, so there is no public record of it."))
            yield _left_out(case, title, "", why, language)
            continue
        for code in (code for code in LANGUAGES if code in languages):
            if code not in case.languages:
                why = language.text(N_("Not all of its templates have texts in this language."))
                yield _left_out(case, title, language_title(code), why, language)
            else:
                yield _document(case, title, code, _chosen(kind, wish), wish.unsigned, language)


def _chosen(kind: Kind, wish: Wish) -> Chosen:
    return Chosen(KINDS[kind], 2 if wish.archive else 3, wish.ticks if kind == "partner" else Ticks())


def _document(case: SealedCase, title: str, code: str, chosen: Chosen, unsigned: bool, language: Language) -> DocumentLine:
    """Say how a document stands by its newest revision; feedback and public records are compared with what they say when written."""
    newest = _newest(case.documents, chosen, code)
    signed = [field for field in chosen.kind.fields if newest is not None and field in newest.filled]
    if not signed and not unsigned:
        why = language.text(N_("Nobody has signed it.") if newest else N_("It has not been made and signed yet."))
        return _left_out(case, title, language_title(code), why, language)
    said = [language.text(_NAMES_IT)] if case.names_partner else []
    if not signed:
        said.insert(0, "" if newest else language.text(N_("It is made, without a signature.")))
        mark = Mark("incomplete", language.text(N_("Not signed") if newest else N_("Not made yet")))
    elif missing := [field for field in chosen.kind.required if field not in signed]:
        mark = Mark("moderate", language.text(N_("Signed in part")))
        said.insert(0, language.text(N_("Not signed yet: {who}."), who=[word(SIGNER_FIELDS, field, language).lower() for field in missing]))
    else:
        mark = Mark("low", language.text(N_("Signed")))
    wanted = Wanted(case.id, case.case_number, case.partner, code, chosen)
    words = " ".join(filter(None, said))
    return DocumentLine(case.id, case.case_number, case.partner, title, language_title(code), mark, words, wanted, newest is not None)


def _newest(documents: Iterable[Newest], chosen: Chosen, code: str) -> Newest | None:
    """Find the newest registered revision of a document, whatever else it is made from."""
    wanted = (chosen.kind, chosen.part, code)
    found = [one for one in documents if (one.document.kind, one.document.part, one.document.language) == wanted]
    return max(found, key=lambda one: one.card.revision, default=None)


def _left_out(case: SealedCase, title: str, code: str, why: str, language: Language) -> DocumentLine:
    mark = Mark("incomplete", language.text(N_("Left out")))
    return DocumentLine(case.id, case.case_number, case.partner, title, code, mark, why)


def _said(lines: tuple[DocumentLine, ...], wish: Wish, language: Language) -> str:
    if not wish.kinds or not wish.languages:
        return language.text(N_("Choose at least one kind and one language."))
    written = sum(line.wanted is not None for line in lines)
    left_out = len(lines) - written
    if not written:
        return language.text(N_("Nothing can be written by what is chosen; the list says why."))
    said = [language.plural("{n} document will be written.", "{n} documents will be written.", written)]
    if left_out:
        said.append(language.plural("{n} is left out; the list says why.", "{n} are left out; the list says why.", left_out))
    return " ".join(said)


def _warnings(cases: tuple[SealedCase, ...], lines: tuple[DocumentLine, ...], language: Language) -> Iterator[str]:
    wanted = [line.wanted for line in lines if line.wanted is not None]
    named = sum(case.names_partner and any(one.assessment == case.id for one in wanted) for case in cases)
    if named:
        yield language.plural(
            "{n} case was sealed before its partner was protected, so its documents name the partner. Take care where they go.",
            "{n} cases were sealed before their partners were protected, so their documents name the partners. Take care where they go.",
            named,
        )
    if any(one.chosen.kind == PARTNER_FEEDBACK for one in wanted):
        yield language.text(
            N_("Feedback is for one partner each. See that nobody gets another’s. Each export is entered in the audit trail.")
        )


def _notes(lines: tuple[DocumentLine, ...], language: Language) -> Iterator[str]:
    if any(line.wanted is not None and line.wanted.chosen.kind in RENEWED for line in lines):
        yield language.text(
            N_(
                "Feedback and public records are compared with what they would say now, such as the decision. A signature on an earlier "
                "one does not count for a new one."
            )
        )
