"""`--redact persons`, as somebody would look at it who fears for the family of a victim."""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kgbuild.building.provenance import current_run
from kgbuild.export.covering import COVER
from kgbuild.export.formats import FORMATS
from kgbuild.export.part import part_of
from kgbuild.export.pseudonyms import FILE
from kgbuild.export.selection import Selection
from kgbuild.ids import decisions_graph_iri, unknown_entity_iri
from kgbuild.merging.records import to_record
from kgbuild.model import Entity, Extraction, FacilityEffect, Mention
from kgbuild.store import Reader, open_snapshot
from kgbuild.vocab import CKO, OA, RDF, RDFS
from tests.export.conftest import exported
from tests.export.stories import ARTICLES, BASE, ENTITIES, INCIDENTS, STRIKE, iri, quads, write_store

NAME, LATIN = "محمود النمراوي", "Mahmoud al-Namrawi"
WORDS = ("محمود", "نمراوي", "Mahmoud", "Namrawi")


def _told(name: str, latin: str, *, listed: bool = False) -> Extraction:
    """An article that names a victim in every way, and a facility called after the family."""
    first, last = name.split()[0], name.split()[-1]
    text = f"قتل {name} في قصف مدرسة {last}، و{latin} كان في الثلاثين.\nوقال شهود إن {first} خرج، ولـ{last} ابنان."
    person = Entity(
        id="e7", iri=iri("curated-person") if listed else unknown_entity_iri(BASE, "Person", name, ""), cls="Person",
        group="person", label={"ar": name, "en": latin}, wikidata="Q42", mentions=("m1",), candidates=(latin,),
    )  # fmt: skip
    school = f"مدرسة {last}"
    facility = Entity(
        id="e2", iri=unknown_entity_iri(BASE, "School", school, ""), cls="School", group="facility", within=("e3",),
        label={"ar": school}, mentions=("m2",),
    )  # fmt: skip
    told = [("m1", "e7", "Person", name), ("m2", "e2", "School", school)]
    mentions = tuple(
        Mention(id=i, start=text.index(w), end=text.index(w) + len(w), text=w, entity=e, cls=c, confidence=0.9)
        for i, e, c, w in told
    )
    report = replace(
        ARTICLES[0].reports[0], targets=("e2",), victims=("e7",), casualties=(),
        facilities=(FacilityEffect(entity="e2", effect="destroyed"),), evidence=((0, len(text)),), certainty="asserted",
        sources=(), trigger=(0, 3),
    )  # fmt: skip
    url = f"https://news.example/{latin.lower().replace(' ', '-')}/{quote(last)}"
    article = replace(ARTICLES[0].article, text=text, title=f"مقتل {name}", url=url, source=f"{first}.txt")
    others = tuple(e for e in ENTITIES if e.id not in ("e2", "e7"))
    return replace(
        ARTICLES[0], article=article, entities=(*others, facility, person), mentions=mentions, reports=(report,)
    )


def _passing(name: str) -> Extraction:
    """An article in whose text the name stands without having been recognised."""
    article = replace(ARTICLES[1].article, text=f"عن {name} قالوا: قصف طيران التحالف فرن الساحة", title=name)
    return replace(
        ARTICLES[1], article=article, reports=(replace(ARTICLES[1].reports[0], evidence=((0, len(article.text)),)),)
    )


@contextmanager
def _whole(folder: Path, told: Extraction, *others: Extraction) -> Iterator[Reader]:
    articles = (told, *others)
    content = quads(articles, [replace(INCIDENTS[0], victims=(told.entities[-1].iri,))])
    for number, article in enumerate(articles):
        record = to_record(article, current_run(), store_text=True)
        graph = next(q.graph_name for q in content if q.subject == NamedNode(article.iri))
        content.append(Quad(NamedNode(article.iri), CKO.record, Literal(record), graph))
        content.append(
            Quad(NamedNode(f"{BASE}x{number}"), RDFS.label, Literal(NAME), NamedNode(decisions_graph_iri(BASE)))
        )
    write_store(folder / "store", content)
    with open_snapshot(folder / "store") as whole:
        yield whole


@contextmanager
def _redacted(folder: Path, told: Extraction, *others: Extraction, **chosen: object) -> Iterator[Reader]:
    selection = Selection(**chosen)  # type: ignore[arg-type]
    with _whole(folder, told, *others) as whole, part_of(whole, selection, redact_persons=True) as part:
        yield part


def _text(part: Reader, name: str) -> str:
    """All text of a format; Parquet as rows."""
    content = exported(part, name)
    if name == "parquet":
        from pyarrow import parquet

        return str(parquet.read_table(io.BytesIO(content)).to_pylist())
    return unquote(content.decode())


@pytest.mark.parametrize("chosen", [{}, {"types": ("AirStrike",)}])
@pytest.mark.parametrize("listed", [False, True])
def test_no_format_has_a_word_of_the_name(tmp_path: Path, listed: bool, chosen: dict[str, object]) -> None:
    told = _told(NAME, LATIN, listed=listed)
    with _redacted(tmp_path, told, _passing(NAME), **chosen) as part:
        for name in FORMATS:
            text = _text(part, name)
            assert [word for word in (*WORDS, "curated-person", "Q42") if word.lower() in text.lower()] == [], name
            assert told.entities[-1].iri not in text, name


_SYLLABLES = st.sampled_from(["زكر", "شمس", "غيث", "طوف", "ضحى", "ثعل", "ظفر"])
_NAMES = st.lists(st.builds("{}{}".format, _SYLLABLES, _SYLLABLES), min_size=2, max_size=4, unique=True)
_LATIN = st.lists(
    st.sampled_from(["Zakrya", "Ghaythan", "Dhuhaj", "Thalabi", "Zafran"]), min_size=2, max_size=3, unique=True
)


@settings(max_examples=6, deadline=None, phases=(Phase.generate,))
@given(name=_NAMES, latin=_LATIN)
def test_no_name_stays_in_any_format(name: list[str], latin: list[str]) -> None:
    told, passing = _told(" ".join(name), " ".join(latin)), _passing(" ".join(name))
    with TemporaryDirectory() as folder, _redacted(Path(folder), told, passing) as part:
        for form in FORMATS:
            text = _text(part, form)
            assert [word for word in (*name, *latin) if word.lower() in text.lower()] == [], form


def test_without_redaction_the_names_are_there(tmp_path: Path) -> None:
    """Else the tests above would show nothing."""
    with _whole(tmp_path, _told(NAME, LATIN)) as whole:
        named = {name for name in FORMATS if any(word in _text(whole, name) for word in WORDS)}
    assert named == set(FORMATS)


def test_offsets_hold(tmp_path: Path) -> None:
    told = _told(NAME, LATIN)
    with _redacted(tmp_path, told) as part:
        lines = [json.loads(line) for line in exported(part, "jsonl").splitlines()]
    text, mentions = lines[0]["document"]["text"], lines[0]["mentions"]
    assert len(text) == len(told.article.text)
    assert {m["text"] for m in mentions if m["class"] == "Person"} == {COVER * len(NAME)}
    assert all(text[m["start"] : m["end"]] == m["text"] for m in mentions)


def test_what_the_lists_know_stays_readable(tmp_path: Path) -> None:
    """A word that also names something known is covered only within the person's name."""
    name = "أبو خالد التحالف"
    told = _told(name, "Abu Khaled")
    mention = Mention(id="m3", start=0, end=7, text="التحالف", entity="e1", cls="MilitaryCoalition", confidence=0.9)
    text = f"قصف التحالف {told.article.text}"
    told = replace(told, article=replace(told.article, text=text), mentions=(*told.mentions, mention))
    with _redacted(tmp_path, told) as part:
        shown = json.loads(exported(part, "jsonl"))["document"]["text"]
        labels = {q.object.value for q in part.quads(NamedNode(iri("coalition")), RDFS.label)}  # type: ignore[union-attr]
    assert shown.startswith(f"قصف التحالف قتل {COVER * len(name)} ")
    assert labels == {"التحالف الدولي", "International coalition"}


def test_a_person_keeps_class_and_part_under_another_iri(tmp_path: Path) -> None:
    with _redacted(tmp_path, _told(NAME, LATIN)) as part:
        (victim,) = {q.object for q in part.quads(NamedNode(STRIKE), CKO.victim)}
        facts = {(q.predicate, q.object) for q in part.quads(victim)}  # type: ignore[arg-type]
    labels = {(RDFS.label, Literal("شخص", language="ar")), (RDFS.label, Literal("Person", language="en"))}
    assert facts == {(RDF.type, CKO.Person), *labels}


def test_iris_follow_from_a_secret_that_the_store_keeps(tmp_path: Path) -> None:
    told, found = _told(NAME, LATIN), []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        with _whole(tmp_path / folder, told) as whole:
            for _ in range(2):
                with part_of(whole, Selection(), redact_persons=True) as part:
                    found += [q.object for q in part.quads(NamedNode(STRIKE), CKO.victim)]
        key = tmp_path / folder / "store" / FILE
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert found[0] == found[1] != found[2] == found[3]


def test_nothing_stays_by_which_names_could_be_tried_out(tmp_path: Path) -> None:
    with _redacted(tmp_path, _told(NAME, LATIN)) as part:
        predicates = {q.predicate for q in part.quads()}
        (record,) = (json.loads(q.object.value) for q in part.quads(None, CKO.record))  # type: ignore[union-attr]
        assert decisions_graph_iri(BASE) not in set(part.graphs())
    assert not predicates & {CKO.contentHash, CKO.candidate, OA.prefix, OA.suffix}
    assert not {"sha256", "fingerprint"} & set(record)


def test_what_belongs_to_no_incident_stays(tmp_path: Path) -> None:
    silent = replace(ARTICLES[1], reports=())
    write_store(tmp_path / "store", quads([silent], []))
    with open_snapshot(tmp_path / "store") as whole, part_of(whole, Selection(), redact_persons=True) as part:
        assert silent.iri in {q.subject.value for q in part.quads()}  # type: ignore[union-attr]
        assert set(part.graphs()) == set(whole.graphs())
