"""Case facts: what a template's conditions may ask about the case itself (``{fact: kind, is: [renewal]}``), with every value there is.

``models.casefile.case_for`` gives them; nothing else is a fact.
"""

from __future__ import annotations

#: New; a renewal; a rapid start (light, capped, to be completed); the fuller assessment that continues a rapid start.
KINDS = ("new", "renewal", "rapid", "completion")
#: Forms of collaboration that can be chosen.
COLLABORATIONS = (
    "established",
    "application",
    "own_initiative",
    "consortium",
    "channel",
    "international",
    "material_aid",
    "country_office",
)
#: Forms that assessments of earlier versions carry: ``partner`` is now ``established``, ``rapid`` is a kind of assessment.
EARLIER_COLLABORATIONS = ("partner", "rapid")
_YES_NO = ("yes", "no")

#: Fact → its values. ``first_time``: no assessment of the partner was sealed here before this one began (a correction and a
#: completion are as first as what they replace or continue). ``fragile``: the caseworker says that the context is fragile.
FACTS: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "collaboration": (*COLLABORATIONS, *EARLIER_COLLABORATIONS),
    "first_time": _YES_NO,
    "fragile": _YES_NO,
    "not_applicable_approved": ("yes",),
}
