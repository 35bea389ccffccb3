from __future__ import annotations

from server.engine.kept import Kept, is_volatile


def test_answers_over_older_snapshots_are_forgotten() -> None:
    kept = Kept[str](10)
    kept.put(1, "a", "old", 1)
    kept.put(2, "b", "new", 1)
    kept.put(1, "c", "late", 1)
    assert [kept.get(1, "a"), kept.get(2, "a"), kept.get(2, "b"), kept.get(1, "c")] == [None, None, "new", None]


def test_what_was_not_asked_for_longest_makes_room() -> None:
    kept = Kept[str](10)
    kept.put(1, "a", "A", 4)
    kept.put(1, "b", "B", 4)
    kept.get(1, "a")
    kept.put(1, "c", "C", 4)
    assert [kept.get(1, key) for key in "abc"] == ["A", None, "C"]


def test_what_weighs_too_much_drives_nothing_out() -> None:
    kept = Kept[str](10)
    kept.put(1, "a", "A", 4)
    kept.put(1, "b", "B", 11)
    assert [kept.get(1, key) for key in "ab"] == ["A", None]


def test_what_may_be_answered_otherwise_the_next_time() -> None:
    changing = ["SELECT (rand() AS ?n) {}", "ASK { FILTER(NOW () > 1) }", "ASK { service <http://e/> {} }"]
    changing += ["ASK { FILTER(N\\u004fW() > 1) }", "ASK { ?s <https://w3id.org/cko/search#label> 'x' }"]
    assert all(map(is_volatile, changing))
    assert not is_volatile("# in service\nSELECT ?known ?now { ?known <http://e/now> ?now, 'rand()' }")
