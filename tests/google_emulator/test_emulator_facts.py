"""What recordings cannot show is pinned: each fact about the Sheets service holds for the emulator too."""

from __future__ import annotations

import os

import pytest
from google_facts import FACTS, Fact
from google_world import fresh, live

LIVE_KEY, LIVE_BOOK = "IB_TRACKERS_LIVE_KEY", "IB_TRACKERS_LIVE_SPREADSHEET"


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_the_emulator_answers_as_the_service_was_seen_to(fact: Fact) -> None:
    assert fact.ask(fresh().new_tab()) == fact.expected, fact.source


def test_every_fact_names_its_source_and_each_name_is_used_once() -> None:
    assert all(fact.source for fact in FACTS)
    assert len({fact.name for fact in FACTS}) == len(FACTS)


@pytest.mark.live
@pytest.mark.skipif(LIVE_KEY not in os.environ, reason=f"talks to the real Google: set {LIVE_KEY} and {LIVE_BOOK}")
def test_the_real_service_still_answers_so() -> None:
    """Puts every fact to Google and prints each difference; each fact works on a tab of its own."""
    book = os.environ.get(LIVE_BOOK, "")
    assert book, f"set {LIVE_BOOK} to the key of a spreadsheet shared with the account in {LIVE_KEY} (it gets new tabs)"
    api = live(os.environ[LIVE_KEY], book)
    wrong = []
    for fact in FACTS:
        tab = api.new_tab()
        try:
            seen = fact.ask(tab)
        except Exception as error:
            seen = repr(error)
        if seen != fact.expected:
            wrong.append(f"{fact.name}: {fact.expected!r} expected ({fact.source}), {seen!r} answered")
        api.change({"deleteSheet": {"sheetId": tab.gid}})
    assert not wrong, "\n".join(wrong)
