"""Which timestamp authority the organisation uses, and which documents wait for its timestamps. Nothing here asks the network."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.operations.change import Change
from models import timestamp_setting, timestamps_wanted
from models.actor import Actor
from models.database import utc_now
from models.timestamp_setting import AuthoritySetting, KeptSetting
from models.timestamps_wanted import WantedTimestamp


@dataclass(frozen=True)
class Timestamps:
    """The authority's setting, the documents that await a timestamp, and those whose timestamp should be renewed."""

    kept: KeptSetting
    awaiting: tuple[WantedTimestamp, ...]
    renewable: tuple[WantedTimestamp, ...]


def timestamps() -> Timestamps:
    """Give how it stands with timestamps. Without an authority none waits for one."""
    kept = timestamp_setting.kept()
    if kept.setting is None:
        return Timestamps(kept, (), ())
    return Timestamps(kept, timestamps_wanted.awaiting(), timestamps_wanted.renewable(utc_now()))


def set_authority(*, actor: Actor, setting: AuthoritySetting) -> Change:
    """Use an authority that ``timestamping.try_authority`` has tried."""
    timestamp_setting.put(actor=actor, setting=setting)
    return Change("timestamp_authority")


def turn_off_authority(*, actor: Actor) -> Change:
    """Use no authority any more. Reports that have a timestamp keep it."""
    timestamp_setting.turn_off(actor=actor)
    return Change("timestamp_authority")
