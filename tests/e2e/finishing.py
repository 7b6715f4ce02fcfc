"""From the result to the decision, by keys: what a caseworker, a reviewer and a board secretary do with an answered assessment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.e2e.driver import wait
from tests.e2e.story import Story


class Finishing:
    """One assessment after its last answer."""

    def __init__(self, story: Story) -> None:
        self.story, self.program = story, story.program

    def _to_stage(self, step: str, key: str) -> None:
        """Go to a stage, once the strip above the page says that it can be opened: the page may have to be read first."""
        self.story.see(ident=step).becomes(state="enabled")
        self.program.keys(key)

    # The result

    def see_result(self) -> None:
        """Go to the result and let it be noted that it is seen."""
        self._to_stage("assessment.step.result", "alt+2")
        self.story.see(ident="result.show").becomes(state="focused")
        self.program.keys("space")
        self.story.see(ident="result.why").becomes(state="focused")

    def ask_why(self, words: str) -> None:
        """Open the whole sum, find words in it, and go back."""
        self.program.keys("w")
        self.story.see(ident="result.why.back")
        self.story.reads(words)
        self.program.keys("Escape")
        self.story.see(ident="result.why").becomes(state="focused")

    def decide_risks(self, mitigation: str) -> int:
        """Accept each proposed risk with what is done about it; gives how many there were."""
        decided = 0
        while waiting := [one for one in self.program.find_all(role="push button") if one.ident.endswith(".accept")]:
            ident = waiting[0].ident
            self.story.press(ident)
            self.story.see(ident="result.risk.mitigation").becomes(state="focused")
            self.story.fill({"result.risk.mitigation": mitigation, "result.risk.owner": "Åsa Lind"})
            self.program.keys("ctrl+Return")
            wait(f"{ident} to be decided", lambda ident=ident: not self.story.sees(ident))
            decided += 1
        return decided

    def judge_as_calculated(self, subject: str) -> str:
        """Give the own rating that is the calculated one; gives its word."""
        band = self.story.see(ident=f"result.band.{subject}").name
        choices = [one for one in self.program.find_all(role="radio button") if one.ident.startswith(f"result.judged.{subject}.")]
        self.story.tab_to(choices[0])
        for one in choices:
            one.becomes(state="focused")
            if one.name == band:
                break
            self.program.keys("Right")
        self.program.keys("space")
        one.becomes(state="checked")
        return band

    # The recommendation

    def recommend(self, *, decision: str, summary: str, condition: str) -> None:
        """Write the recommendation with one condition before the first payment, and save it."""
        self.story.command("Continue to the recommendation")
        self.story.room("Recommendation")
        rows = wait("the decisions", lambda: [one for one in self.program.find_all() if one.ident.startswith("recommendation.decision.")])
        row = next(one for one in rows if one.name.partition(". ")[2].startswith(decision))
        self.story.tab_to(rows[0])
        self.program.keys(row.name[0])
        row.becomes(state="checked")
        self.story.fill({"recommendation.summary": summary})
        self.story.press("recommendation.condition.add")
        self.story.see(ident="recommendation.condition.0.text").becomes(state="focused")
        self.program.type(condition)
        self.story.choose("recommendation.condition.0.before", "Before payment")
        self.program.keys("ctrl+Return")
        self.story.reads("The recommendation is saved.")

    def hand_over(self) -> None:
        """Hand over for review."""
        self.story.see(ident="recommendation.submit").becomes(state="enabled")
        self.program.keys("ctrl+shift+Return")
        self.story.reads("Handed over.")

    # The review

    def review(self, *, comment: str) -> int:
        """As the second person: no ties, a word on each key question, a comment, and agree; gives how many key questions there were."""
        self._to_stage("steps.review", "alt+4")
        self.story.see(ident="review.tie.none").becomes(state="focused")
        self.program.keys("space")
        self.story.see(ident="review.agree")
        agreeing = [one for one in self.program.find_all() if one.ident.startswith("review.point.") and one.ident.endswith(".agree")]
        for button in agreeing:
            button.becomes(state="focused")
            self.program.keys("a")
            button.becomes(state="checked")
        self.story.fill({"review.comment": comment})
        self.program.keys("ctrl+Return")
        self.story.reads("Agreed. The caseworker can seal it.")
        return len(agreeing)

    # Seal, sign, hand out

    def seal(self) -> None:
        """Seal the record, after the one question that is asked."""
        self._to_stage("steps.seal", "alt+5")
        self.story.see(ident="seal.seal").becomes(state="focused")
        self.program.keys("space")
        self.story.see(ident="seal.cancel").becomes(state="focused")
        self.story.press("seal.confirm")
        self.story.reads("The record is sealed.")

    def sign(self, code: str) -> None:
        """Sign the report in a language as the person who is here."""
        self.story.press(f"seal.sign.{code}")
        wait("the signature", lambda: self.story.sees(f"seal.read.{code}") and not self.story.sees(f"seal.sign.{code}"))

    def export(self, file: Path) -> None:
        """Open the report and export it through the file dialog."""
        self.story.command("Read the report")
        self.story.reads("Page 1 of", ident="report.page")
        self.program.keys("ctrl+e")
        self._save_as(file)

    def export_root(self, file: Path) -> None:
        """Export the organisation's root certificate."""
        self.story.command("Export the root certificate")
        self._save_as(file)

    def _save_as(self, file: Path) -> None:
        name = self.story.see(ident="fileNameEdit").becomes(state="focused")
        self.program.keys("ctrl+a")
        self.program.type(str(file))
        name.becomes(value=str(file))
        self.program.keys("Return")
        self.story.reads(f"Exported as {file}", ident="report.said")

    def verify(self) -> str:
        """Verify the exported file in the window; gives the verdict's word."""
        self.story.press("report.verify")
        self.story.room("Check a report")
        return wait("a verdict", lambda: next(iter(self.program.find_all(ident="verify.status")), None)).name

    # The decision

    def decide(self, outcome: str, fields: Mapping[str, str]) -> None:
        """Record the board's decision as the minutes say it."""
        self.story.press("verify.assessment")
        self.story.room("Report")
        self._to_stage("steps.decision", "alt+6")
        rows = wait("the outcomes", lambda: [one for one in self.program.find_all() if one.ident.startswith("decision.outcome.")])
        row = next(one for one in rows if one.name.partition(". ")[2].startswith(outcome))
        self.program.keys(row.name[0])
        row.becomes(state="checked")
        self.story.fill(fields)
        self.program.keys("ctrl+Return")
        self.story.reads("The decision is recorded.")
        self.story.see(ident="decision.recorded", name=outcome)

    # Next year

    def renew(self, why: str) -> None:
        """Start a light renewal from the decision, and say why it is no more."""
        self.story.see(ident="decision.renew")
        self.program.keys("r")
        self.story.room("New assessment")
        wait("the renewal to be chosen", lambda: any(one.is_("checked") for one in self.program.find_all(ident="new.kind.renewal")))
        self.story.press("new.scope.light")
        self.story.fill({"new.reason": why})
        self.program.keys("ctrl+Return")
        self.story.see(ident="assessment.question").becomes(state="focused")
