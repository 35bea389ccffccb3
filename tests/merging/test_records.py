from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from kgbuild.canonical import canonical
from kgbuild.merging.fingerprint import SIZE, alike, fingerprint
from kgbuild.merging.records import accounts, from_record, is_up_to_date, to_record
from kgbuild.model import Extraction, Run
from tests.extractions import extractions, sample

RUN = Run(version="1", pipeline_hash="x")


@given(extractions())
def test_a_record_gives_back_the_extraction(extraction: Extraction) -> None:
    assert from_record(to_record(extraction, RUN, store_text=True)) == (canonical(extraction), RUN)


@given(extractions())
def test_a_record_keeps_the_text_only_where_asked(extraction: Extraction) -> None:
    found, _ = from_record(to_record(extraction, RUN, store_text=False))
    assert found == canonical(replace(extraction, article=replace(extraction.article, text="")))


@pytest.mark.parametrize("retrieved", [None, date(2017, 6, 10)])
def test_a_record_keeps_the_day_of_retrieval(retrieved: date | None) -> None:
    extraction = replace(sample(), article=replace(sample().article, retrieved=retrieved))
    assert from_record(to_record(extraction, RUN, store_text=True)) == (canonical(extraction), RUN)


@given(extractions())
def test_every_report_can_be_merged(extraction: Extraction) -> None:
    found = accounts(to_record(extraction, RUN, store_text=False))
    assert [a.report for a in found] == [r.iri for r in canonical(extraction).reports]
    for account in found:
        named = {*account.places, *account.targets, *account.perpetrators, *account.victims, *account.facilities}
        assert named <= account.things.keys()


def test_an_account_has_what_merging_looks_at() -> None:
    (account,) = accounts(to_record(sample(), RUN, store_text=False))
    place, bakery = sample().entities[2].iri, sample().entities[1].iri
    assert (account.cls, account.places, dict(account.facilities)) == ("AirStrike", (place,), {bakery: "destroyed"})
    assert [(f.effect, f.min, f.max) for f in account.figures] == [("killed", 14, 14)]
    assert account.things[bakery].within == {place, sample().entities[3].iri}


@pytest.mark.parametrize(
    "change",
    [
        *({"text": "other"}, {"title": "other"}, {"published": None}, {"publisher": None}, {"source": "elsewhere"}),
        {"retrieved": date(2017, 6, 10)},
    ],
)
@pytest.mark.parametrize("store_text", [True, False])
def test_any_change_of_the_article_is_noticed(change: dict[str, object], store_text: bool) -> None:
    record = to_record(sample(), RUN, store_text=store_text)
    article = sample().article
    assert is_up_to_date(record, article, RUN, store_text=store_text)
    assert not is_up_to_date(record, replace(article, **change), RUN, store_text=store_text)  # type: ignore[arg-type]


def test_other_software_or_another_wish_is_noticed() -> None:
    record = to_record(sample(), RUN, store_text=False)
    assert not is_up_to_date(record, sample().article, Run(version="2", pipeline_hash="x"), store_text=False)
    assert not is_up_to_date(record, sample().article, RUN, store_text=True)


def test_a_short_text_has_no_fingerprint() -> None:
    assert fingerprint("eleven words are too few to tell a copy from chance") == ()


def test_fingerprints_estimate_the_share_of_common_sequences() -> None:
    words = [f"word{n}" for n in range(400)]
    whole, half = fingerprint(" ".join(words)), fingerprint(" ".join(words[:200]))
    assert len(whole) == SIZE
    assert alike(whole, whole) == 1.0
    assert alike(whole, half) == pytest.approx(0.5, abs=0.25)
    assert alike(whole, fingerprint(" ".join(f"other{n}" for n in range(400)))) < 0.1


def test_blanks_and_marks_do_not_count() -> None:
    text = " ".join(f"word{n}" for n in range(50))
    assert fingerprint(text) == fingerprint(text.upper().replace(" ", ",\n"))
