"""What a trial on generated answers came to, in words and tables; and plainly what it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from desktop.charts.wording import score_number
from desktop.language import Language
from desktop.library.paper import Paper
from desktop.words import DECISIONS, SUBJECTS, rating_mark, word
from forms.result import Result, Score
from forms.template import BandTable, Template
from forms.text import N_, Text, in_language
from forms.trial import WAYS, Edge, Trial

_WAYS = {"lowest": N_("Worst answers"), "middle": N_("Middle answers"), "best": N_("Best answers")}


def write_trial(paper: Paper, template: Template, trial: Trial, *, code: str, language: Language) -> None:
    """Write what generated answers came to, the template's own texts in ``code``."""
    _Words(paper, template, trial, code, language).write()


class _Words:
    def __init__(self, paper: Paper, template: Template, trial: Trial, code: str, language: Language) -> None:
        self.paper, self.template, self.trial, self.code, self.language = paper, template, trial, code, language
        self.text = language.text

    def of(self, text: Text) -> str:
        return in_language(text, self.code)

    def write(self) -> None:
        paper, text, trial = self.paper, self.text, self.trial
        paper.heading(2, text(N_("Trial on generated answers")))
        said = N_(
            "The program answered every question itself: once with the worst, once with the middle and once with the best answers, what is "
            "not scored with its first answer; and {n} times at random, leaning from poor to good, with random facts about the case. "
            "Nothing is kept, and nothing here is about a partner. A trial shows what the arithmetic does; whether the questions are good "
            "ones, only people can tell."
        )
        paper.say(text(said, n=trial.random_runs))
        self._runs()
        self._random()
        self._never()
        self._edges()

    def _runs(self) -> None:
        text = self.text
        rows = []
        for section in self.template.sections:
            scores = [self._section(self.trial.runs[way], section.id) for way in WAYS]
            if section.adds_up and any(scores):
                table = self._table(section.bands)
                rows.append((self.of(section.title), *(self._score(one, table) for one in scores)))
        for subject, rule in self.template.subjects.items():
            table = self.template.bands[rule.bands]
            found = [next((one.score for one in self.trial.runs[way].subjects if one.subject == subject), None) for way in WAYS]
            rows.append((word(SUBJECTS, subject, self.language), *(self._score(one, table) for one in found)))
        counts: tuple[tuple[str, Callable[[Result], int]], ...] = (
            (N_("Requirement gaps"), lambda result: len(result.gaps)),
            (N_("Stop criteria met"), lambda result: len(result.stops)),
            (N_("Contradictions"), lambda result: len(result.clashes)),
            (N_("Questions asked"), lambda result: len(result.lines)),
        )
        rows += [(text(title), *(str(count(self.trial.runs[way])) for way in WAYS)) for title, count in counts]
        if self.template.recommendation:
            rows.append((text(N_("Proposed recommendation")), *(self._proposal(self.trial.runs[way]) for way in WAYS)))
        self.paper.table(["", *(text(_WAYS[way]) for way in WAYS)], rows, numbers=3)

    def _section(self, result: Result, section: str) -> Score | None:
        return next((one.score for one in result.sections if one.section == section and one.asked), None)

    def _table(self, name: str | None) -> BandTable | None:
        return None if name is None else self.template.bands[name]

    def _score(self, score: Score | None, table: BandTable | None) -> str:
        if score is None or score.value is None:
            return "–"
        by_value = table is None or table.measure == "value" or score.percent is None
        figure = self._figure(score.value) if by_value else score_number(self.language, score.percent or Fraction(0))
        if score.band is None:
            return figure
        return f"{figure}  {rating_mark(score.band, self.language, table).word}"

    def _figure(self, value: Fraction) -> str:
        return self.language.number(value, 0 if value.denominator == 1 else 2)

    def _proposal(self, result: Result) -> str:
        return word(DECISIONS, result.proposal.decision, self.language) if result.proposal is not None else "–"

    def _random(self) -> None:
        text, trial = self.text, self.trial
        rows = []
        for section in self.template.sections:
            table = self._table(section.bands)
            if table is not None and ("section", section.id) in trial.bands:
                rows.append((self.of(section.title), self._shares(trial.bands.get(("section", section.id), Counter()), table)))
        for subject, rule in self.template.subjects.items():
            table = self.template.bands[rule.bands]
            rows.append((word(SUBJECTS, subject, self.language), self._shares(trial.bands.get(("subject", subject), Counter()), table)))
        if rows:
            self.paper.heading(3, text(N_("Random answers: how often each band came up")))
            self.paper.table(["", text(N_("Times out of {n}"), n=trial.random_runs)], rows)
        if trial.decisions:
            said = ", ".join(f"{word(DECISIONS, decision, self.language)} {n}" for decision, n in trial.decisions.most_common())
            self.paper.say(text(N_("Proposed recommendations: {list}"), list=said))
        met = [f"{self.of(stop.text)} ({trial.stops[stop.id]})" for stop in self.template.stops if trial.stops[stop.id]]
        if met:
            self.paper.heading(3, text(N_("Stop criteria that random answers met, and how often")))
            self.paper.bullets(met)

    def _shares(self, counted: Counter[str], table: BandTable) -> str:
        return " · ".join(f"{rating_mark(band, self.language, table).word} {counted[band]}" for band in table.names)

    def _never(self) -> None:
        """Say what no run reached: it may be wrong in the template, or merely rare."""
        template, trial, text = self.template, self.trial, self.text
        questions = {question.id: question.text for _, question in template.questions()}
        never = [
            *(
                text(N_("Stop criterion: {what}"), what=self.of(one.text))
                for one in template.stops
                if not self._ever(trial.stops, one.id, "stops")
            ),
            *(text(N_("Contradiction: {what}"), what=self.of(one.text)) for one in template.contradictions if not trial.clashes[one.id]),
            *(text(N_("Risk: {what}"), what=self.of(one.text)) for one in template.risks if not self._ever(trial.risks, one.id, "risks")),
            *(text(N_("Question: {what}"), what=self.of(questions[one])) for one in trial.never_asked),
            *(
                text(N_("Rule {number} of the recommendation: {what}"), number=place + 1, what=self.of(rule.text))
                for place, rule in enumerate(template.recommendation)
                if not trial.rules[place] and all(run.proposal is None or run.proposal.rule != place for run in trial.runs.values())
            ),
        ]
        if never:
            self.paper.heading(3, text(N_("What no generated answers reached")))
            self.paper.say(text(N_("It may be rare, or a mistake in the template: look at each.")))
            self.paper.bullets(never)

    def _ever(self, counted: Counter[str], id_: str, what: str) -> bool:
        return bool(counted[id_]) or any(one.id == id_ for run in self.trial.runs.values() for one in getattr(run, what))

    def _edges(self) -> None:
        text = self.text
        if not self.trial.edges:
            return
        self.paper.heading(3, text(N_("Edges of the bands")))
        self.paper.say(text(N_("As if every question of the scope were asked and applicable: what answers can come to around each edge.")))
        titles = {section.id: (self.of(section.title), self._table(section.bands)) for section in self.template.sections}
        rows = [(titles[edge.section][0], *self._edge(edge, titles[edge.section][1])) for edge in self.trial.edges]
        headings = [N_("Section"), N_("Edge"), N_("Just below"), N_("Exactly there"), N_("Just above")]
        self.paper.table([text(one) for one in headings], rows, numbers=4)

    def _edge(self, edge: Edge, table: BandTable | None) -> tuple[str, str, str, str]:
        def beside(one: tuple[Fraction, str] | None) -> str:
            return "–" if one is None else f"{self._figure(one[0])}  {rating_mark(one[1], self.language, table).word}"

        on = self.text(N_("no answers come to it")) if edge.on is None else rating_mark(edge.on, self.language, table).word
        return self._figure(edge.value), beside(edge.before), on, beside(edge.after)
