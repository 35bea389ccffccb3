"""Extractions to test with: one written by hand, and a strategy that makes any."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from kgbuild import vocab
from kgbuild.ids import document_iri, incident_iri, known_entity_iri, report_iri, unknown_entity_iri
from kgbuild.model import (
    Article,
    Casualty,
    DateInterval,
    Entity,
    Extraction,
    FacilityEffect,
    Mention,
    Relation,
    Report,
    Span,
)

BASE = "https://w3id.org/cko/id/"
_ENTITY_CLASSES = tuple(cls for cls, group in vocab.GROUP_OF.items() if group != "incident")

TEXT = "قصف طيران التحالف فرن الساحة في بلدة العين فدمره، وقتل 14 مدنياً بينهم 5 أطفال، بحسب المرصد."


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return start, start + len(words)


def _mention(number: int, words: str, entity: str, cls: str) -> Mention:
    start, end = span_of(words)
    return Mention(id=f"m{number}", start=start, end=end, text=words, entity=entity, cls=cls, confidence=0.9)


def sample(document_id: str = "sample-1") -> Extraction:
    """An air strike on a bakery in an invented town, told by an observatory."""
    document = document_iri(BASE, document_id)
    report = report_iri(BASE, document_id, 0)
    return Extraction(
        article=Article(
            id=document_id,
            source="examples/sample.txt",
            text=TEXT,
            title="قصف فرن في بلدة العين",
            published=date(2017, 6, 9),
            publisher="Example Wire",
            url="https://example.org/sample",
        ),
        iri=document,
        mentions=(
            _mention(1, "التحالف", "e1", "MilitaryCoalition"),
            _mention(2, "فرن الساحة", "e2", "Bakery"),
            _mention(3, "بلدة العين", "e3", "Town"),
            _mention(4, "المرصد", "e5", "MonitoringOrganization"),
        ),
        entities=(
            Entity(
                id="e1",
                iri=known_entity_iri(BASE, "coalition"),
                cls="MilitaryCoalition",
                group="actor",
                label={"ar": "التحالف", "en": "Coalition"},
                wikidata="Q1",
                mentions=("m1",),
            ),
            Entity(
                id="e2",
                iri=unknown_entity_iri(BASE, "Bakery", "فرن الساحه", known_entity_iri(BASE, "geonames-7")),
                cls="Bakery",
                group="facility",
                label={"ar": "فرن الساحة"},
                within=("e3",),
                mentions=("m2",),
            ),
            Entity(
                id="e3",
                iri=known_entity_iri(BASE, "geonames-7"),
                cls="Town",
                group="place",
                label={"ar": "العين", "en": "Al-Ain"},
                geonames=7,
                point=(39.01, 35.95),
                precision="town",
                within=("e4",),
                mentions=("m3",),
                candidates=("geonames-7", "geonames-8"),
            ),
            Entity(
                id="e4",
                iri=known_entity_iri(BASE, "geonames-9"),
                cls="Governorate",
                group="place",
                label={"ar": "محافظة الرقة", "en": "Raqqa Governorate"},
            ),
            Entity(
                id="e5",
                iri=known_entity_iri(BASE, "observatory"),
                cls="MonitoringOrganization",
                group="actor",
                label={"ar": "المرصد"},
                mentions=("m4",),
            ),
        ),
        reports=(
            Report(
                id="i1",
                iri=report,
                cls="AirStrike",
                date=DateInterval(earliest=date(2017, 6, 8), latest=date(2017, 6, 9), precision="days", text="أمس"),
                trigger=span_of("قصف"),
                evidence=(span_of("قصف طيران التحالف فرن الساحة في بلدة العين"), span_of("وقتل 14 مدنياً")),
                places=("e3",),
                perpetrators=("e1",),
                targets=("e2",),
                facilities=(FacilityEffect(entity="e2", effect="destroyed"),),
                casualties=(
                    Casualty(effect="killed", min=14, max=14, group="civilian", start=55, end=64),
                    Casualty(effect="killed", min=5, max=5, group="child", part=True, start=71, end=78),
                ),
                sources=("e5",),
                certainty="alleged",
                confidence=0.8,
                incident=incident_iri(BASE, report),
            ),
        ),
        relations=(
            Relation(type="locatedIn", subject="e2", object="e3", evidence=(span_of("فرن الساحة"),), confidence=0.7),
        ),
    )


_characters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
_names = st.text(_characters, min_size=1, max_size=12)
_texts = st.text(st.sampled_from("ابتثج ةىّ،ًـ\n\u200f1٣ab\"'\\") | _characters, min_size=5, max_size=80)
_confidences = st.integers(0, 10_000).map(lambda n: n / 10_000)
_days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
_figures = st.one_of(st.none(), st.integers(0, 10**6))
_points = st.tuples(st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False)).map(
    lambda p: (p[0] + 0.0, p[1] + 0.0)
)


@st.composite
def _spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return start, draw(st.integers(start + 1, length))


def _some(ids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ids), max_size=3).map(tuple) if ids else st.just(())


@st.composite
def _date_intervals(draw: st.DrawFn) -> DateInterval:
    earliest, latest = sorted((draw(_days), draw(_days)))
    return DateInterval(
        earliest=draw(st.sampled_from((earliest, None))),
        latest=draw(st.sampled_from((latest, None))),
        precision=draw(st.sampled_from(vocab.DATE_PRECISIONS)),
        text=draw(st.none() | _names),
    )


@st.composite
def _casualties(draw: st.DrawFn, length: int) -> Casualty:
    start, end = draw(_spans(length))
    return Casualty(
        effect=draw(st.sampled_from(vocab.CASUALTY_EFFECTS)),
        min=draw(_figures),
        max=draw(_figures),
        group=draw(st.sampled_from(vocab.CASUALTY_GROUPS)),
        part=draw(st.booleans()),
        superseded=draw(st.booleans()),
        nationality=draw(st.none() | _names),
        start=start,
        end=end,
    )


@st.composite
def _entities(draw: st.DrawFn, number: int, ids: list[str], mentions: tuple[str, ...]) -> Entity:
    cls = draw(st.sampled_from(_ENTITY_CLASSES))
    point = draw(st.none() | _points)
    return Entity(
        id=f"e{number}",
        iri=f"{BASE}entity/{draw(st.sampled_from(('one', number)))}",
        cls=cls,
        group=vocab.GROUP_OF[cls],
        label=draw(st.dictionaries(st.sampled_from(("ar", "en")), _names, min_size=1)),
        wikidata=draw(st.none() | st.integers(1, 10**9).map(lambda n: f"Q{n}")),
        geonames=draw(st.none() | st.integers(1, 10**8)),
        point=point,
        precision=draw(st.sampled_from((*vocab.PLACE_PRECISIONS, None))),
        within=draw(_some(ids)),
        mentions=mentions,
        candidates=draw(st.lists(_names, max_size=2).map(tuple)),
    )


@st.composite
def _reports(draw: st.DrawFn, number: int, document_id: str, length: int, ids: list[str]) -> Report:
    iri = report_iri(BASE, document_id, number)
    return Report(
        id=f"i{number}",
        iri=iri,
        cls=draw(st.sampled_from(vocab.GROUP_CLASSES["incident"])),
        date=draw(st.none() | _date_intervals()),
        trigger=draw(_spans(length)),
        evidence=tuple(draw(st.lists(_spans(length), min_size=1, max_size=3))),
        places=draw(_some(ids)),
        perpetrators=draw(_some(ids)),
        targets=draw(_some(ids)),
        weapons=draw(_some(ids)),
        victims=draw(_some(ids)),
        facilities=tuple(
            FacilityEffect(entity=e, effect=draw(st.sampled_from((*vocab.FACILITY_EFFECTS, None))))
            for e in draw(_some(ids))
        ),
        casualties=tuple(draw(st.lists(_casualties(length), max_size=3))),
        sources=draw(_some(ids)),
        certainty=draw(st.sampled_from(vocab.CERTAINTIES)),
        confidence=draw(_confidences),
        incident=incident_iri(BASE, iri),
    )


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Any extraction that the model admits, small."""
    text, document_id = draw(_texts), draw(_names)
    ids = [f"e{n}" for n in range(1, draw(st.integers(0, 11)) + 1)]
    mentions: list[Mention] = []
    for number, owner in enumerate(draw(_some(ids)), start=1):
        start, end = draw(_spans(len(text)))
        cls = draw(st.sampled_from(_ENTITY_CLASSES))
        mentions.append(
            Mention(
                id=f"m{number}",
                start=start,
                end=end,
                text=text[start:end],
                entity=owner,
                cls=cls,
                confidence=draw(_confidences),
            )
        )
    own = {e: tuple(m.id for m in mentions if m.entity == e) for e in ids}
    relations = [
        Relation(
            type=draw(st.sampled_from(vocab.RELATION_TYPES)),
            subject=subject,
            object=draw(st.sampled_from(ids)),
            evidence=tuple(draw(st.lists(_spans(len(text)), max_size=2))),
            confidence=draw(_confidences),
        )
        for subject in draw(_some(ids))
    ]
    return Extraction(
        article=Article(
            id=document_id,
            source=draw(_names),
            text=text,
            title=draw(st.none() | _names),
            published=draw(st.none() | _days),
            publisher=draw(st.none() | _names),
            url=draw(st.none() | st.just("https://example.org/a?b=ü&c")),
            language=draw(st.sampled_from(("ar", "en"))),
        ),
        iri=document_iri(BASE, document_id),
        mentions=tuple(mentions),
        entities=tuple(draw(_entities(n, ids, own[e])) for n, e in enumerate(ids, start=1)),
        reports=tuple(draw(_reports(n, document_id, len(text), ids)) for n in range(1, draw(st.integers(0, 3)) + 1)),
        relations=tuple(relations),
    )
