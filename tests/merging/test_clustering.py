from __future__ import annotations

from kgbuild.merging import Account, Cluster, Constraints
from kgbuild.merging.clustering import sorted_pair
from tests.merging.accounts import account, accounts_of
from tests.merging.in_memory import cluster
from tests.telling import article, tells

NOOR, SUN = ("Mosque", "Noor Mosque"), ("Bakery", "Sun Bakery")


def groups(clusters: list[Cluster]) -> list[set[str]]:
    return [{a.publisher.removeprefix("Example ") for a in c.accounts} for c in clusters]  # type: ignore[union-attr]


def test_three_figures_of_one_strike_are_one_incident() -> None:
    told = [account(n, tells(killed=k)) for n, k in zip("abc", ((14, 14), (17, None), (20, 20)), strict=True)]
    assert groups(cluster(told)) == [{"a", "b", "c"}]


def test_two_strikes_on_a_town_and_day_with_other_facilities_stay_apart() -> None:
    told = [account("a", tells(facility=NOOR, killed=(14, 14))), account("b", tells(facility=SUN, killed=(14, 14)))]
    assert groups(cluster(told)) == [{"a"}, {"b"}]


def test_what_excludes_each_other_is_not_joined_over_a_third() -> None:
    told = [account("a", tells(facility=NOOR)), account("b", tells()), account("c", tells(facility=SUN))]
    assert sorted(map(len, groups(cluster(told)))) == [1, 2]


def test_days_do_not_chain() -> None:
    told = [account(n, tells(place="Karama", day=f"2017-06-0{d}", killed=(14, 14))) for d, n in enumerate("abc", 1)]
    assert not any({"a", "c"} <= group for group in groups(cluster(told)))


def test_two_reports_of_one_article_are_two_incidents() -> None:
    both = accounts_of(article("a", tells(killed=(3, 3)), tells(killed=(3, 3))))
    assert len(cluster(both)) == 2


def test_each_report_of_an_article_finds_its_own_incident() -> None:
    both = accounts_of(article("a", tells(killed=(3, 3)), tells(killed=(30, 30))))
    other = account("b", tells(killed=(30, 30)))
    together = next(c for c in cluster([*both, other]) if len(c.accounts) == 2)
    assert {a.report for a in together.accounts} == {both[1].report, other.report}


def test_the_first_report_leads_and_the_others_say_whom_they_agree_with() -> None:
    late, early = account("a", tells(), published="2017-06-12"), account("b", tells(), published="2017-06-09")
    (found,) = cluster([late, early])
    assert [a.report for a in found.accounts] == [early.report, late.report]
    assert [(link.report, link.other) for link in found.links] == [(late.report, early.report)]
    assert "place same_town 3" in found.links[0].score.parts


def test_of_equally_good_joins_that_of_the_likest_texts_comes_first() -> None:
    """The second mosque's strike is told by the outlet that copies a part of the bare report's words."""
    shared = " ".join(f"w{n}" for n in range(40))
    for names in ("abc", "cab"):  # whichever name sorts first
        bare, noor, other = names
        told = [
            account(bare, tells(), words=f"{shared} " + " ".join(f"{bare}{n}" for n in range(110))),
            account(noor, tells(facility=NOOR), words=" ".join(f"{noor}{n}" for n in range(150))),
            account(other, tells(facility=SUN), words=f"{shared} " + " ".join(f"{other}{n}" for n in range(110))),
        ]
        assert {bare, other} in groups(cluster(told))


def pair(a: Account, b: Account) -> tuple[str, str]:
    return sorted_pair(a.report, b.report)


def test_a_person_brings_together_what_the_scores_keep_apart() -> None:
    a, b = account("a", tells(day="2017-06-01")), account("b", tells("Abduction", "Tabqa", "2017-08-01"))
    (found,) = cluster([a, b], Constraints(same=[pair(a, b)]))
    assert len(found.accounts) == 2
    assert found.links[0].score.parts == ["decision same"]


def test_a_person_parts_what_the_scores_bring_together() -> None:
    a, b, c = (account(n, tells(killed=(14, 14))) for n in "abc")
    parted = cluster([a, b, c], Constraints(different=[pair(a, c), pair(b, c)]))
    assert sorted(map(sorted, groups(parted))) == [["a", "b"], ["c"]]


def test_a_decision_on_a_report_that_is_gone_changes_nothing() -> None:
    a, b = account("a", tells()), account("b", tells(place="Tabqa"))
    assert groups(cluster([a, b], Constraints(same=[("gone", a.report)], different=[("gone", b.report)]))) == [
        {"a"},
        {"b"},
    ]
