"""How long a pair may be without a meeting before the curator hears of it, and before it is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TELL_CURATOR = timedelta(days=30)
WARN = timedelta(days=90)
GRACE = timedelta(days=7)
"""After the warning."""


class SilenceStep(StrEnum):
    TELL_CURATOR = "tell_curator"
    WARN = "warn"
    END = "end"


@dataclass(frozen=True, slots=True)
class Silence:
    """``since``: the last meeting, the beginning or the end of the last pause, whichever came last. ``planned``: a
    meeting lies ahead. ``asked``: one of the two has written to the curator since the warning and has no answer yet.
    """

    since: datetime
    warned_at: datetime | None = None
    planned: bool = False
    asked: bool = False
    on_trial: bool = False


def step(silence: Silence, now: datetime) -> SilenceStep | None:
    """What its time has come for. A trial only ends by the curator's word, so nobody is warned of another end."""
    quiet = now - silence.since
    if silence.planned or quiet < TELL_CURATOR:
        return None
    if quiet < WARN or silence.on_trial:
        return SilenceStep.TELL_CURATOR
    if silence.warned_at is None or silence.warned_at < silence.since:
        return SilenceStep.WARN
    return SilenceStep.END if now - silence.warned_at >= GRACE and not silence.asked else None
