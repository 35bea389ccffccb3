"""Writes articles to measure builds with: incidents that never happened, told by one to three outlets each.

    generate_articles.py COUNT OUT.jsonl [--seed 1]

Deterministic. Places are those of the gazetteer; forty articles appear a day, so that more articles are more days and
not more on each day.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_PLACES = _HERE.parent / "kgbuild" / "data" / "gazetteer" / "places.tsv"
_FIRST_DAY = date(2014, 1, 1)
_A_DAY = 40
_WEEKDAYS = {
    "ar": ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with arguments.out.open("w", encoding="utf-8") as out:
        for article in islice(articles(random.Random(arguments.seed)), arguments.count):
            out.write(json.dumps(article, ensure_ascii=False) + "\n")


def articles(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Articles without end, in the order of their days."""
    templates = tomllib.loads((_HERE / "article_templates.toml").read_text("utf-8"))
    with _PLACES.open(encoding="utf-8", newline="") as rows:
        places = [row for row in csv.DictReader(rows, delimiter="\t") if row["class"] in ("Town", "City", "Village")]
    number = 0
    while True:
        happened = _FIRST_DAY + timedelta(days=number // _A_DAY)
        incident = {
            "kind": chance.choice(templates["kind"]),
            "place": chance.choice(places),
            "actor": chance.randrange(4),
            "figures": (chance.randint(2, 30), chance.randint(3, 60)),
        }
        for outlet in chance.sample(range(6), chance.choice((1, 1, 2, 3))):
            yield article(number, happened, incident, outlet, templates, chance)
            number += 1


def article(
    number: int, happened: date, incident: dict[str, Any], outlet: int, templates: dict[str, Any], chance: random.Random
) -> dict[str, Any]:
    """One outlet's account; outlets from the third on may give other figures, one in five writes English."""
    language = "en" if chance.random() < 0.2 else "ar"
    n, m = (f + chance.choice((0, 0, 0, 1, 3)) * (outlet > 2) for f in incident["figures"])
    outlets = templates[f"outlets_{language}"]
    lead = chance.choice(incident["kind"][language]).format(
        place=incident["place"][f"name_{language}"].split("|")[0],
        weekday=_WEEKDAYS[language][happened.weekday()],
        actor=templates[f"actors_{language}"][incident["actor"]],
        n=n,
        m=m,
    )
    filler = chance.sample(templates["filler"][language], 3)
    return {
        "id": f"generated-{number}",
        "title": lead.split("،")[0].split(",")[0].rstrip("."),
        "text": "\n\n".join([lead, *filler]),
        "published": (happened + timedelta(days=chance.randint(0, 1))).isoformat(),
        "publisher": outlets[outlet % len(outlets)],
        "language": language,
    }


if __name__ == "__main__":
    main()
