"""A school year of two hundred people: every figure of its report is what they said."""

import re
from html import unescape
from random import Random

import pytest

from tests.conftest import NOW
from tests.journeys.counting import chances, expected_figures
from tests.journeys.stage import Stage, stage
from tests.journeys.year import (
    SEED,
    Panel,
    couples,
    everybody_comes,
    pairs_are_made,
    they_are_surveyed,
    they_meet,
)

OPENED = 12  # figures whose lists are opened
COUNTS = (".n", ".answered", ".held", ".mentors", ".taking_part")  # each is as many as its list is long


@pytest.mark.slow(90)
def test_the_years_report_says_what_two_hundred_people_said(database_url: str) -> None:
    with stage(database_url, NOW) as season:
        pairs = couples()
        everybody_comes(season, pairs)
        pairs_are_made(season, pairs)
        told = they_are_surveyed(season, pairs, "before", "2026-11-30T20:00")
        season.later(days=8)
        they_meet(season, pairs, "2026-12-01T11:00")
        season.later(days=170)
        told += they_are_surveyed(season, pairs, "after", "2027-05-31T20:00")

        report = _season_report(season)
        shown = _shown(season, report)
        expected = expected_figures(pairs, told)
        wrong = {key: (shown.get(key), value) for key, value in expected.items() if not _says(shown.get(key), value)}
        assert len(expected) > 1000
        assert not wrong
        for key, chance in chances(told).items():
            assert abs(_value(shown[key].replace("< ", "")) - chance) < 0.05, key
        _lists_hold_what_the_figures_count(season, report, shown)
        season.sandbox.wait_quiet()
        assert not season.sandbox.unanswered_callbacks()
        assert not season.sandbox.refused_calls()


def _season_report(season: Stage) -> str:
    periods = re.findall(r'<option[^>]*value="([^"]+)"', season.curator.text("/reports/"))
    return Panel(season.curator).send("/reports/", {"period": next(one for one in periods if "season" in one)})


def _shown(season: Stage, report: str) -> dict[str, str]:
    """Every number of the page that can be opened, by its key."""
    links = re.findall(r'/behind/([^"]+)">([^<]*)</a>', season.curator.text(report))
    return {unescape(key): text for key, text in links}


def _lists_hold_what_the_figures_count(season: Stage, report: str, shown: dict[str, str]) -> None:
    counts = sorted(
        key for key, text in shown.items() if key.endswith(COUNTS) and text != "0" and not key.startswith("gaps")
    )
    for key in Random(SEED).sample(counts, OPENED):
        listed = re.search(r"в списке (\d+)", season.curator.text(f"{report}/behind/{key}"))
        assert listed, key
        assert int(listed[1]) == _value(shown[key]), key


def _says(text: str | None, value: float) -> bool:
    """As it is rounded on the page."""
    if text is None:
        return False
    digits = len(text.partition(",")[2].rstrip("\u00a0 %"))
    return abs(_value(text) - value) <= 0.5 * 10**-digits + 1e-9


def _value(text: str) -> float:
    return float(re.sub(r"[\u00a0 %+]", "", text).replace(",", ".").replace("−", "-"))
