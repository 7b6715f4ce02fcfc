"""Band tables: from an exact value to a word, with every edge where the table says."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from forms.result import Cutoff, Distance
from forms.template import BandTable

HUNDRED = Fraction(100)


@dataclass(frozen=True)
class Attainable:
    """What a set of questions can give: lowest, highest, and highest when key questions weigh as ordinary ones."""

    low: Fraction
    high: Fraction
    high_ordinary: Fraction


@dataclass(frozen=True)
class Bands:
    """A band table settled for one set of questions: band names from low values to high, and the cut-offs between them."""

    names: tuple[str, ...]
    cuts: tuple[Fraction, ...]
    higher_is_better: bool
    edge_up: bool

    def of(self, value: Fraction) -> str:
        """Give the band a value lies in; a value on a cut-off belongs to the side that the table names."""
        place = sum(1 for cut in self.cuts if value > cut or (value == cut and self.edge_up))
        return self.names[place]

    def cutoffs(self) -> tuple[Cutoff, ...]:
        """Give the cut-offs from low to high values."""
        return tuple(Cutoff(self.names[i], self.names[i + 1], cut) for i, cut in enumerate(self.cuts))

    def next_better(self, value: Fraction) -> Distance | None:
        """Give the nearest better band and how far the value is from its edge; ``None`` in the best band."""
        place = self.names.index(self.of(value))
        if self.higher_is_better:
            return Distance(self.names[place + 1], self.cuts[place] - value) if place < len(self.cuts) else None
        return Distance(self.names[place - 1], value - self.cuts[place - 1]) if place > 0 else None

    def worse(self, band: str, than: str) -> bool:
        """Say whether one band of this table is worse than another."""
        order = self.names.index(band) - self.names.index(than)
        return order < 0 if self.higher_is_better else order > 0

    def worst(self, bands: list[str]) -> str:
        """Give the worst of some bands of this table."""
        ordered = sorted(bands, key=self.names.index)
        return ordered[0] if self.higher_is_better else ordered[-1]


def settle(table: BandTable, attainable: Attainable) -> Bands:
    """Work out a table's cut-offs; derived ones follow from what the applicable questions can give.

    Source of derived cut-offs: HACT micro assessment, shares of the range from all-lowest to all-highest.
    """
    better_up = table.direction == "higher_is_better"
    edge_up = (table.edge == "better") == better_up
    if table.derived is None:
        names = tuple(step.band for step in table.steps)
        cuts = tuple(Fraction(step.to) for step in table.steps[:-1])
    else:
        top = attainable.high if table.derived.key_weight_in_range else attainable.high_ordinary
        names = tuple(table.derived.bands)
        cuts = tuple(attainable.low + Fraction(share) * (top - attainable.low) for share in table.derived.shares)
    return Bands(names=names, cuts=cuts, higher_is_better=better_up, edge_up=edge_up)
