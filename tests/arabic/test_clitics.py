"""Clitic segmentation, measured on UD Arabic-PUD: its gold tokens are the reference, the proclitics are compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kgbuild.arabic.clitics import CliticSegmenter
from kgbuild.arabic.tokenizer import known_words
from kgbuild.language.folding import fold_text

PUD = Path(__file__).parents[3] / "shared" / "ner" / "ar_pud-ud-test.conllu"
PROCLITICS = frozenset("وفبلكس")
PRONOUNS = frozenset(("ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم", "كن", "ني"))


_CASES = Path(__file__).parents[1] / "cases" / "clitics" / "ar.jsonl"
_ROWS = [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["word"])
def test_clitics_are_split_off_and_first_letters_kept(row: dict[str, Any]) -> None:
    word = row["word"]
    cuts = (0, *CliticSegmenter(known_words()).segment(fold_text(word), word).cuts, len(word))
    assert [word[start:end] for start, end in pairwise(cuts)] == row["pieces"]


def test_names_are_known_but_settle_no_doubt() -> None:
    assert CliticSegmenter().segment("وسبزنكار").cuts == (1,)
    assert CliticSegmenter(names={"وسبزنكار"}).segment("وسبزنكار").cuts == ()
    assert CliticSegmenter(names={"وقال"}).segment("وقال").cuts == (1,)


@pytest.mark.shared
@pytest.mark.skipif(not PUD.exists(), reason="the reference material is absent")
def test_words_of_pud_are_cut_as_its_annotators_did() -> None:
    segmenter = CliticSegmenter(known_words())
    right = wrong = missed = 0
    for word, gold in _pud_words():
        found = tuple(_clitics(segmenter, word))
        right += bool(gold) and found == gold
        wrong += bool(found) and found != gold
        missed += bool(gold) and found != gold
    assert right > 1500
    assert 2 * right / (2 * right + wrong + missed) >= 0.97


def _clitics(segmenter: CliticSegmenter, word: str) -> Iterator[str]:
    folded = fold_text(word)
    start = 0
    for cut in segmenter.segment(folded, re.sub("[\u064b-\u0652ـ]", "", word)).cuts:
        yield folded[start]
        start = cut


def _pud_words() -> Iterator[tuple[str, tuple[str, ...]]]:
    run: list[list[str]] = []
    for line in PUD.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 10 and re.match("[\u0621-\u0652]", fields[1]):
            run.append(fields)
        if run and (len(fields) != 10 or fields is not run[-1] or "SpaceAfter=No" not in fields[9]):
            yield "".join(token[1] for token in run), tuple(_gold_clitics(run))
            run = []


def _gold_clitics(tokens: list[list[str]]) -> Iterator[str]:
    for place, (token, following) in enumerate(pairwise(tokens)):
        lone_pronoun = following[3] == "PRON" and following[1] in PRONOUNS and place + 2 == len(tokens)
        if token[1] not in PROCLITICS or lone_pronoun or token[3] in ("NOUN", "VERB", "PROPN", "ADJ"):
            return
        yield token[1]
