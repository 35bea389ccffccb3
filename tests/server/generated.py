"""A graph of as many incidents as a test needs, invented, in the vocabulary of the contract and always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kgbuild.store import open_store

BASE = "https://w3id.org/cko/id/"
CLASSES = ("AirStrike", "Shelling", "MineExplosion", "CarBombing", "ArmedClash", "Abduction", "Protest")
ARABIC = ("غارة جوية", "قصف", "انفجار لغم", "سيارة مفخخة", "اشتباك", "خطف", "احتجاج")
PUBLISHERS = ("Example Wire", "وكالة المثال", "Example Times", "مرصد المثال")
FIRST = date(2013, 1, 1)

PREFIXES = """@prefix cko: <https://w3id.org/cko#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def make_generated(folder: Path, incidents: int) -> Path:
    """A published store of it."""
    file = folder.parent / f"{folder.name}.trig"
    file.write_text("".join(trig(incidents)), encoding="utf-8")
    with open_store(folder) as store:
        store.database.bulk_load(path=str(file))
        store.publish()
    file.unlink()
    return folder


def trig(incidents: int) -> Iterator[str]:
    """One report an incident, one article a report; places and actors grow with the square root."""
    chance = random.Random(7)
    places, actors = max(5, round(incidents**0.5)), max(4, round(incidents**0.4))
    yield PREFIXES
    yield f"<{BASE}graph/entities> {{\n{''.join(_entities(places, actors, chance))}}}\n"
    rolled_up = []
    for number in range(incidents):
        kind, killed = chance.randrange(len(CLASSES)), chance.choice((0, 0, 1, 2, 3, 5, 8, 14, 40))
        day = FIRST + timedelta(days=chance.randrange(3000))
        place, actor = min(chance.randrange(places), chance.randrange(places)), chance.randrange(actors)
        facts = _facts(kind, day, place, actor, killed)
        yield _report(number, facts, day, ARABIC[kind], killed)
        rolled_up.append(
            f"<{BASE}incident/i{number}> a cko:Incident ; {facts} ; cko:reportCount 1 ; cko:status cko:SingleSource ; "
            f'cko:killedBest {killed} ; rdfs:label "{ARABIC[kind]} في مكان {place}، {day}"@ar , '
            f'"{CLASSES[kind]} in Place {place}, {day}"@en ; cko:describedBy <{BASE}report/r{number}> .\n'
        )
    yield f"<{BASE}graph/incidents> {{\n{''.join(rolled_up)}}}\n"


def _entities(places: int, actors: int, chance: random.Random) -> Iterator[str]:
    yield f'<{BASE}entity/country> a cko:Country ; rdfs:label "بلد"@ar , "Country"@en .\n'
    for number in range(places):
        iri = f"{BASE}entity/p{number}"
        point = f"POINT({chance.uniform(36.0, 42.0):.4f} {chance.uniform(33.0, 37.0):.4f})"
        yield (
            f'<{iri}> a cko:Town ; rdfs:label "مكان {number}"@ar , "Place {number}"@en ; '
            f"cko:within <{BASE}entity/country> ; geo:hasGeometry <{iri}#geometry-1> .\n"
            f'<{iri}#geometry-1> a geo:Geometry ; cko:placePrecision "town" ; geo:asWKT "{point}"^^geo:wktLiteral .\n'
        )
    for number in range(actors):
        yield (
            f'<{BASE}entity/a{number}> a cko:ArmedGroup ; rdfs:label "جماعة {number}"@ar , "Group {number}"@en ; '
            f"owl:sameAs <http://www.wikidata.org/entity/Q{900000 + number}> .\n"
        )


def _facts(kind: int, day: date, place: int, actor: int, killed: int) -> str:
    return (
        f'a cko:{CLASSES[kind]} ; cko:startDate "{day}"^^xsd:date ; cko:endDate "{day}"^^xsd:date ; '
        f'cko:datePrecision "day" ; cko:certainty "asserted" ; cko:place <{BASE}entity/p{place}> ; '
        f"cko:perpetrator <{BASE}entity/a{actor}> ; cko:killedMin {killed} ; cko:killedMax {killed}"
    )


def _report(number: int, facts: str, day: date, words: str, killed: int) -> str:
    document, span = f"{BASE}document/d{number}", f"{BASE}document/d{number}#char=0,20"
    return f"""<{BASE}graph/d{number}> {{
<{document}> a cko:Document ; dcterms:title "خبر {number}: {words}"@ar ; dcterms:language "ar" ;
  dcterms:publisher "{PUBLISHERS[number % len(PUBLISHERS)]}" ; dcterms:issued "{day}"^^xsd:date .
<{BASE}report/r{number}> a cko:Report ; {facts} ; cko:describes <{BASE}incident/i{number}> ;
  cko:confidence 0.{50 + number % 50} ; prov:wasDerivedFrom <{document}> ; cko:evidence <{span}> .
<{span}> a oa:SpecificResource ; oa:hasSource <{document}> ; oa:hasSelector <{document}#selector=0,20> .
<{document}#selector=0,20> a oa:TextQuoteSelector ; oa:start 0 ; oa:end 20 ;
  oa:exact "{words} أسفر عن {killed} قتلى"@ar .
}}
"""
