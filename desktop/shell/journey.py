"""Where one has been, for going back."""

from __future__ import annotations

from desktop.shell.place import Place

_LONGEST = 50


class Journey:
    """Places in the order they were visited; forms that are done with are not gone back to."""

    def __init__(self) -> None:
        self._visited: list[Place] = []

    @property
    def here(self) -> Place | None:
        """The place that is shown."""
        return self._visited[-1] if self._visited else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return len(self._visited) > 1

    def visit(self, place: Place) -> None:
        """Come to a place; coming to where one is adds nothing, and another question of the same assessment replaces this one."""
        if self.here is not None and _same_sight(self.here, place):
            self._visited.pop()
        self._visited.append(place)
        del self._visited[:-_LONGEST]

    def stand_at(self, place: Place) -> None:
        """Stand at another question of the place that is shown; a place elsewhere is none of that."""
        if self.here is not None and _same_sight(self.here, place):
            self._visited[-1] = place

    def back(self) -> Place | None:
        """Leave this place and give the one before it, if there is one."""
        if not self.can_go_back:
            return None
        self._visited.pop()
        return self.here

    def forget(self) -> None:
        """Begin anew, as in another vault."""
        self._visited.clear()


def _same_sight(one: Place, other: Place) -> bool:
    return (one.room, one.assessment, one.partner, one.project, one.file) == (
        other.room,
        other.assessment,
        other.partner,
        other.project,
        other.file,
    )
