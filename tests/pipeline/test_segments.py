from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kgbuild.arabic.tokenizer import ArabicTokenizer
from kgbuild.model import Article
from kgbuild.pipeline.segments import Segmenter

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "segments.toml").read_text(encoding="utf-8"))
_TOKENIZER = ArabicTokenizer(spacy.blank("ar").vocab)
_SEGMENTER = Segmenter()


def segmented(text: str, title: str | None = None) -> Doc:
    doc = _TOKENIZER(text)
    if title is not None:
        doc._.article = Article(id="a", source="a", text=text, title=title)
    return _SEGMENTER(doc)


@pytest.mark.parametrize("page", CASES["page"], ids=lambda page: page["name"])
def test_lines_get_their_kinds(page: dict[str, Any]) -> None:
    separators = [" " if [n, n + 1] == page.get("joined") else "\n\n" for n in range(len(page["lines"]))]
    text = "".join(line + separator for (_, line), separator in zip(page["lines"], separators, strict=True))
    doc = segmented(text, page["title"])
    assert [[segment.kind, doc[segment.start : segment.end].text] for segment in doc._.segments] == page["lines"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("قتل ثلاثة. وأصيب اثنان!", ["قتل ثلاثة.", "وأصيب اثنان!"]),
        ('قال "انتهى الأمر." ثم خرج', ['قال "انتهى الأمر."', "ثم خرج"]),
        ("إدلب.. قصف مستمر", ["إدلب..", "قصف مستمر"]),
        ("بلغ 3.5 مليون في 28.11.2021 فقط", ["بلغ 3.5 مليون في 28.11.2021 فقط"]),
        ("قال د. سامي إن ذلك حدث", ["قال د. سامي إن ذلك حدث"]),
        ("نقلت أ.ف.ب الخبر", ["نقلت أ.ف.ب الخبر"]),
        ("السؤال: لماذا؟ لا أحد يعلم…", ["السؤال: لماذا؟", "لا أحد يعلم…"]),
        ("سقط قتيل.وأصيب آخر", ["سقط قتيل.", "وأصيب آخر"]),
        ("سطر أول\nسطر ثان", ["سطر أول", "سطر ثان"]),
    ],
)
def test_sentences_end_where_they_do(text: str, sentences: list[str]) -> None:
    assert [sentence.text.strip() for sentence in segmented(text).sents] == sentences


def test_a_headline_also_ends_at_a_bar() -> None:
    text = "قصف على البلدة | شبكة المثال\nسقطت قذائف على أطراف البلدة."
    assert next(s.text.strip() for s in segmented(text, "قصف على البلدة").sents) == "قصف على البلدة |"


@given(st.text(alphabet='وقال صف\n\r .؟!"»«…|3:-ABكن'))
def test_segments_hold_all_visible_tokens_in_order(text: str) -> None:
    doc = segmented(text)
    covered = [index for segment in doc._.segments for index in range(segment.start, segment.end)]
    assert covered == sorted(set(covered))
    assert {token.i for token in doc if not token.is_space} <= set(covered)
    assert all(doc[segment.start].is_sent_start for segment in doc._.segments)


@pytest.mark.parametrize("unit", ['"', ".", "سطر\n", "وصف ", "| "])
def test_time_is_linear(unit: str) -> None:
    doc = _TOKENIZER(unit * 40_000)
    started = time.process_time()
    _SEGMENTER(doc)
    assert time.process_time() - started < 6
