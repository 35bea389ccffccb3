"""What the reports of one incident say together. Nothing here hides a report: each keeps its own figures and words.

Sources: reports by one publisher, or in nearly the same words, come from one source and count once. An incident told
by one source is SingleSource; by several, Contested where they disagree on who did it, where their figures exclude each
other or where one denies it, else Corroborated.

Tolls: `min` is the lowest and `max` the highest number that a report admits; `max` is open where the highest figure is
("at least 17"). `best` is the median over the sources of the lower bound that each gave last, denials apart, the lower
of two middle ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from kgbuild import ids, vocab
from kgbuild.merging.accounts import Account, Thing
from kgbuild.merging.clustering import Cluster
from kgbuild.merging.fingerprint import is_copy
from kgbuild.merging.levels import bounds, class_table
from kgbuild.model import DateInterval, MergedIncident, Toll


def roll_up(cluster: Cluster, base: str) -> MergedIncident:
    """The incident of a cluster. It bears the would-be IRI of the report that appeared first."""
    accounts = cluster.accounts
    would_be = [ids.incident_iri(base, a.report) for a in accounts]
    places = _most_specific(accounts)
    cls, *others = _classes(accounts)
    sure = [a for a in accounts if a.certainty == "asserted"]
    perpetrators = _union(sure, lambda a: a.perpetrators)
    return MergedIncident(
        iri=would_be[0],
        cls=cls,
        types=(cls, *others),
        reports=tuple(a.report for a in accounts),
        status=_status(accounts),
        report_count=len(accounts),
        date=_date(accounts),
        places=places,
        perpetrators=perpetrators,
        alleged_perpetrators=tuple(p for p in _union(accounts, lambda a: a.perpetrators) if p not in perpetrators),
        participants=_union(accounts, _participants),
        targets=_union(accounts, lambda a: a.targets),
        weapons=_union(accounts, lambda a: a.weapons),
        victims=_union(accounts, lambda a: a.victims),
        destroyed=_union(accounts, lambda a: (f for f, effect in a.facilities.items() if effect == "destroyed")),
        damaged=_union(accounts, lambda a: (f for f, effect in a.facilities.items() if effect == "damaged")),
        killed=_toll(accounts, "killed"),
        injured=_toll(accounts, "injured"),
        certainty=_certainty(accounts),
        replaced=tuple(would_be[1:]),
        place_labels=_label(accounts, places[0]) if places else {},
    )


def sources(accounts: Sequence[Account]) -> list[list[Account]]:
    """The reports by independent source, each in the order in which its reports appeared."""
    found: list[list[Account]] = []
    for account in accounts:
        own = [group for group in found if any(_one_source(account, other) for other in group)]
        joined = sorted([account, *(a for group in own for a in group)], key=lambda a: a.rank)
        found = [group for group in found if group not in own] + [joined]
    return found


def _one_source(a: Account, b: Account) -> bool:
    same_publisher = a.publisher is not None and a.publisher == b.publisher
    return a.document == b.document or same_publisher or is_copy(a.words, b.words)


def _status(accounts: Sequence[Account]) -> str:
    last = [group[-1] for group in sources(accounts)]
    if len(last) == 1:
        return "SingleSource"
    denied = any(a.certainty in ("denied", "contested") for a in last)
    blamed = [set(a.perpetrators) for a in last if a.perpetrators and a.cls not in vocab.MUTUAL_CLASSES]
    actors_differ = any(p.isdisjoint(q) for p in blamed for q in blamed)
    figures_differ = any(_exclude_each_other(last, effect) for effect in ("killed", "injured"))
    return "Contested" if denied or actors_differ or figures_differ else "Corroborated"


def _exclude_each_other(accounts: Sequence[Account], effect: str) -> bool:
    ranges = [bounds(figure) for a in accounts if (figure := a.figure(effect)) is not None]
    return bool(ranges) and max(low for low, _ in ranges) > min(high for _, high in ranges)


def _toll(accounts: Sequence[Account], effect: str) -> Toll:
    figures = [figure for a in accounts if (figure := a.figure(effect)) is not None]
    lows = [f.min for f in figures if f.min is not None]
    closed = [f.max for f in figures if f.max is not None]
    highest = max((*closed, *lows), default=None)
    reached = highest is not None and highest in closed
    return Toll(
        min=min((*lows, *closed), default=None),
        max=highest if reached or len(closed) == len(figures) else None,
        best=_best(accounts, effect),
    )


def _best(accounts: Sequence[Account], effect: str) -> int | None:
    said = [_last_said(group, effect) for group in sources(accounts)]
    numbers = sorted(number for number in said if number is not None)
    return numbers[(len(numbers) - 1) // 2] if numbers else None


def _last_said(group: Sequence[Account], effect: str) -> int | None:
    figures = (a.figure(effect) for a in reversed(group) if a.certainty != "denied")
    return next((figure.min for figure in figures if figure is not None and figure.min is not None), None)


def _date(accounts: Sequence[Account]) -> DateInterval | None:
    """What the most precise of the dates span; a report that only says "in June" does not widen another's day."""
    dated = [(a, days) for a in accounts if a.dated and (days := _span(a)) is not None]
    if not dated:
        return None
    finest = min(last - first for _, (first, last) in dated)
    chosen = [a for a, (first, last) in dated if last - first == finest]
    earliest = min(d for a in chosen if (d := a.earliest or a.latest) is not None)
    latest = max(d for a in chosen if (d := a.latest or a.earliest) is not None)
    agreed = {a.precision for a in chosen}
    spread = (latest - earliest).days > finest
    return DateInterval(earliest=earliest, latest=latest, precision="days" if spread else min(agreed))


def _span(account: Account) -> tuple[int, int] | None:
    first, last = account.earliest or account.latest, account.latest or account.earliest
    return None if first is None or last is None else (first.toordinal(), last.toordinal())


def _classes(accounts: Sequence[Account]) -> list[str]:
    """All classes given, the one to bear first: the one most often said, of those that say what happened."""
    counts = Counter(a.cls for a in accounts)
    return sorted(counts, key=lambda c: (c in class_table("vague"), -counts[c], -len(vocab.ancestors(c)), c))


def _most_specific(accounts: Sequence[Account]) -> tuple[str, ...]:
    named = set(_union(accounts, lambda a: a.places))
    around: set[str] = set().union(*(a.things[p].within for a in accounts for p in a.places))
    return tuple(sorted(_once_by_name(named - around or named, accounts)))


def _once_by_name(places: Iterable[str], accounts: Sequence[Account]) -> Iterator[str]:
    """Of the places of a kind that bear one name and are on no map, the one of which most is known.

    No list has them, so that each article's words for what lies around them make one of their own.
    """
    known = [max((a.things[p] for a in accounts if p in a.things), key=_knowledge) for p in places]
    chosen = list[Thing]()
    for place in sorted(known, key=_knowledge, reverse=True):
        if place.point is not None or not any(_is_one(place, other) for other in chosen):
            chosen.append(place)
            yield place.iri


def _knowledge(place: Thing) -> tuple[bool, int, str]:
    return place.point is not None, len(place.within), place.iri


def _is_one(a: Thing, b: Thing) -> bool:
    return a.cls == b.cls and not a.names.isdisjoint(b.names)


def _label(accounts: Sequence[Account], place: str) -> dict[str, str]:
    labels = [a.things[place].label for a in accounts if place in a.things]
    return {language: name for label in reversed(labels) for language, name in sorted(label.items())}


def _participants(account: Account) -> Iterable[str]:
    involved = account.perpetrators if account.certainty == "asserted" or account.cls in vocab.MUTUAL_CLASSES else ()
    return (*involved, *(t for t in account.targets if account.things[t].group == "actor"))


def _certainty(accounts: Sequence[Account]) -> str:
    said = {a.certainty for a in accounts}
    if len(said) == 1:
        return said.pop()
    if said & {"denied", "contested"}:
        return "contested"
    return "asserted"


def _union(accounts: Iterable[Account], get: Callable[[Account], Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({iri for a in accounts for iri in get(a)}))
