"""What a template does with answers, in words: method, band tables, requirements, stops, contradictions, risks, recommendation."""

from __future__ import annotations

from desktop.conditions import ConditionWords
from desktop.language import Language
from desktop.library.paper import Paper
from desktop.words import DECISIONS, SCOPES, SCORE_STATUSES, SUBJECTS, rating_mark, word
from forms.template import BandTable, RecommendationRule, Template
from forms.text import N_, Text, in_language

_EDGES = {
    "better": N_("A value exactly on an edge belongs to the better band."),
    "worse": N_("A value exactly on an edge belongs to the worse band."),
}
_AGGREGATES = {
    "sum": N_("sum"),
    "mean": N_("mean"),
    "weighted_mean": N_("weighted mean"),
    "worst": N_("the worst answer decides"),
}
WAIVABLE = {"never": N_("can never be waived"), "board": N_("the board can waive it")}


def write_rules(paper: Paper, template: Template, *, code: str, language: Language) -> None:
    """Write everything that is not a question, the template's own texts in ``code``."""
    _Rules(paper, template, code, language).write()


class _Rules:
    def __init__(self, paper: Paper, template: Template, code: str, language: Language) -> None:
        self.paper, self.template, self.code, self.language = paper, template, code, language
        self.text = language.text
        texts = {question.id: question.text for _, question in template.questions()}
        self.conditions = ConditionWords(template, language, name=lambda id_: language.quoted(self.of(texts[id_])), code=code)

    def of(self, text: Text) -> str:
        return in_language(text, self.code)

    def write(self) -> None:
        template, paper, text = self.template, self.paper, self.text
        paper.heading(2, text(N_("How it is added up")))
        paper.say(self.of(template.method))
        self._sections()
        self._bands()
        self._requirements()
        self._listed(text(N_("Stop criteria")), [(self.of(one.text), one.when, text(WAIVABLE[one.waivable])) for one in template.stops])
        self._listed(text(N_("Contradictions")), [(self.of(one.text), one.when, "") for one in template.contradictions])
        self._risks()
        self._recommendation()
        self._perspectives()
        paper.heading(2, text(N_("About the template")))
        paper.say(self.of(template.about))
        paper.say(text(N_("Hash of the content (SHA-256): {hash}"), hash=template.hash), kind="muted")

    def _sections(self) -> None:
        rows = []
        for section in self.template.sections:
            how = self.text(_AGGREGATES[section.aggregate]) if section.adds_up else self.text(N_("recorded, not scored"))
            keys = sum(question.key for question in section.questions)
            subject = word(SUBJECTS, section.subject, self.language)
            rows.append((self.of(section.title), subject, how, str(len(section.questions)), str(keys), str(section.weight)))
        headings = [N_("Section"), N_("Subject"), N_("Added up by"), N_("Questions"), N_("Key"), N_("Weight")]
        self.paper.table([self.text(one) for one in headings], rows, numbers=3)
        for section in self.template.sections:
            if section.flag is not None:
                said = N_("{section}: a single answer worth {n} or less is flagged: {text}")
                self.paper.say(self.text(said, section=self.of(section.title), n=section.flag.at_most, text=self.of(section.flag.text)))

    def _bands(self) -> None:
        for name, table in self.template.bands.items():
            self.paper.heading(3, self.text(N_("Band table “{name}”"), name=name))
            self.paper.table([self.text(N_("Band")), self.text(N_("From")), self.text(N_("To"))], self._steps(table), numbers=2)
            self.paper.say(self.text(_EDGES[table.edge]), kind="muted")

    def _steps(self, table: BandTable) -> list[tuple[str, str, str]]:
        if table.derived is not None:
            ends = ["0", *table.derived.shares, "1"]
            said = self.text(N_("of the attainable range"))
            return [
                (rating_mark(band, self.language, table).word, f"{ends[at]} {said}", f"{ends[at + 1]} {said}")
                for at, band in enumerate(table.derived.bands)
            ]
        write = self.language.percent if table.measure == "percent" else self.language.number
        return [(rating_mark(step.band, self.language, table).word, write(step.from_), write(step.to)) for step in table.steps]

    def _requirements(self) -> None:
        template, text = self.template, self.text
        if template.required:
            self.paper.heading(3, text(N_("Required levels")))
            rows = [(word(SCOPES, scope, self.language), str(rule.ordinary), str(rule.key)) for scope, rule in template.required.items()]
            self.paper.table([text(N_("Scope")), text(N_("Ordinary questions")), text(N_("Key questions"))], rows, numbers=2)
        if template.key_points:
            said = ", ".join(f"{ordinary} → {key}" for ordinary, key in template.key_points.items())
            self.paper.say(text(N_("Key questions have points of their own: {points}"), points=said))
        if template.key_cap is not None:
            band = rating_mark(template.key_cap.band, self.language).word.lower()
            said = N_("A key question at {n} points or less holds its section at {band}, however good the rest is.")
            self.paper.say(text(said, n=template.key_cap.at_most, band=band))
        if template.not_applicable_share is not None:
            said = N_("More than {share} not applicable: no rating without the reviewer’s approval.")
            self.paper.say(text(said, share=self.language.percent(template.not_applicable_share)))

    def _listed(self, title: str, entries: list[tuple[str, object, str]]) -> None:
        if not entries:
            return
        self.paper.heading(2, title)
        for words, when, after in entries:
            self.paper.say(words, kind="strong")
            said = self.text(N_("When {condition}."), condition=self.conditions.say(when))  # type: ignore[arg-type]
            self.paper.say(f"{said} {_capital(after)}." if after else said, indent=12)

    def _risks(self) -> None:
        said = N_("likelihood {likelihood}, impact {impact}")
        risks = [
            (self.of(one.text), one.when, self.text(said, likelihood=one.likelihood, impact=one.impact)) for one in self.template.risks
        ]
        self._listed(self.text(N_("Proposed risks")), list(risks))

    def _recommendation(self) -> None:
        if not self.template.recommendation:
            return
        self.paper.heading(2, self.text(N_("Proposed recommendation")))
        self.paper.say(self.text(N_("The first rule that holds gives the proposal:")))
        rows = [
            (str(number), self._rule(rule), word(DECISIONS, rule.decision, self.language), self.of(rule.text))
            for number, rule in enumerate(self.template.recommendation, start=1)
        ]
        self.paper.table(["", self.text(N_("If")), self.text(N_("Proposal")), self.text(N_("Reason"))], rows)

    def _rule(self, rule: RecommendationRule) -> str:
        text, language = self.text, self.language
        said = []
        if rule.stops is not None:
            said.append(text(N_("a stop that {waivable}"), waivable=text(WAIVABLE[rule.stops])))
        if rule.gaps_at_least:
            said.append(language.plural("{n} requirement gap or more", "{n} requirement gaps or more", rule.gaps_at_least))
        if rule.key_gaps_at_least:
            said.append(language.plural("{n} key gap or more", "{n} key gaps or more", rule.key_gaps_at_least))
        if rule.bands:
            said.append(text(N_("the rating is {bands}"), bands=self._either([self._rating(band) for band in rule.bands])))
        if rule.scope is not None:
            said.append(text(N_("the scope is {scope}"), scope=word(SCOPES, rule.scope, language).lower()))
        if rule.subject is not None and said:
            said.append(text(N_("for the {subject}"), subject=word(SUBJECTS, rule.subject, language).lower()))
        return ", ".join(said) or text(N_("otherwise"))

    def _rating(self, name: str) -> str:
        """Word a band, or a status that a rule looks at in its stead."""
        if name in SCORE_STATUSES:
            return word(SCORE_STATUSES, name, self.language).lower()
        table = next((one for one in self.template.bands.values() if name in one.names), None)
        return rating_mark(name, self.language, table).word.lower()

    def _either(self, words: list[str]) -> str:
        said = words[0]
        for one in words[1:]:
            said = self.text(N_("{one} or {other}"), one=said, other=one)
        return said

    def _perspectives(self) -> None:
        if not self.template.perspectives:
            return
        self.paper.heading(2, self.text(N_("Perspectives")))
        texts = {question.id: self.of(question.text) for _, question in self.template.questions()}
        for perspective in self.template.perspectives:
            self.paper.say(self.of(perspective.text), kind="strong")
            self.paper.bullets([texts[one] for one in perspective.questions])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
