"""The tokenizer of the Arabic pipeline: proclitics, numbers, marks and hashtags apart, the text unchanged.

`doc.text` is the text given. Each token has `norm_` (folded, with the ال that "لل" swallowed), `lemma_` (the norm
without the article) and `tag_`: CLITIC, WORD, NUM, PUNCT, SPACE, LATIN or URL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kgbuild.arabic.clitics import CliticSegmenter, clitic_rules
from kgbuild.language.folding import fold, fold_text
from kgbuild.language.lexicons import lexicon_files, lexicons
from kgbuild.language.scanner import Piece, Unit, build_doc, norms_of, scan, without_surrogates
from kgbuild.resources import package_path
from kgbuild.table_cache import cached_table

_BARE_CLITICS = re.compile(r"[وف]?(?:[بلكس]|[بك]?ال|لل)?")
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{3,}")
_MARKS = re.compile(r"[^\u0621-\u063a\u0641-\u064a]")
_OPENING_MARKS = "\"«“„‟'‘‹([{"
_MAX_CACHED_LENGTH = 40
_CACHE_LIMIT = 100_000
_LONE_CLITICS = frozenset("وفبلكس") | {"ال"}


def create_arabic_tokenizer(words: Sequence[str] = ()) -> Callable[[Language], ArabicTokenizer]:
    """The factory behind `kgbuild.arabic_tokenizer.v1`; `words` are names to know besides those of the lexicons."""
    names = frozenset(fold_text(word) for word in words)
    return lambda nlp: ArabicTokenizer(nlp.vocab, lexicon=known_words(), names=names)


@cache
def known_words() -> frozenset[str]:
    """The one-word entries of all lexicons in `data/ar`, folded."""
    modules = (package_path("arabic", "tokenizer.py"), package_path("language", "folding.py"))
    return frozenset(cached_table("arabic-words", (*lexicon_files("ar"), *modules), _known_words))


def _known_words() -> list[str]:
    found = {text for name, lexicon in lexicons("ar").items() if name != "clitics" for text in _strings(lexicon)}
    folded = {fold_text(entry) for entry in found}
    return sorted(word for word in folded if _ARABIC_WORD.fullmatch(word))


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (key for key in node if isinstance(key, str))
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


class ArabicTokenizer:
    """Makes a `Doc` of a text; see the module's docstring for what it sets."""

    def __init__(self, vocab: Vocab, *, lexicon: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        """Both are folded words; those of `lexicon` weigh more against a cut, and for one that leaves them."""
        self.vocab = vocab
        self._segmenter = CliticSegmenter(lexicon, names)
        self._words: dict[str, tuple[Unit, ...]] = {}

    def __call__(self, text: str) -> Doc:
        """Tokenize; lone surrogates, which no `Doc` can hold, become U+FFFD."""
        return build_doc(self.vocab, self._units(list(scan(without_surrogates(text)))))

    def norms(self, text: str) -> list[str]:
        """The folded forms of the tokens that are no white space, without the cost of a `Doc`."""
        return norms_of(self._units(list(scan(without_surrogates(text)))))

    def _units(self, pieces: list[Piece]) -> Iterator[Unit]:
        for index, (text, kind) in enumerate(pieces):
            if kind == "ARABIC":
                following = pieces[index + 1] if index + 1 < len(pieces) else None
                yield from self._word(text, following)
            else:
                yield _plain_unit(text, kind)

    def _word(self, text: str, following: Piece | None) -> Iterable[Unit]:
        if following is not None and _hangs_on(following):
            clitics = _bare_clitics(text)
            if clitics:
                return clitics
        found = self._words.get(text)
        if found is None:
            found = self._analyse(text)
            if len(text) <= _MAX_CACHED_LENGTH and len(self._words) < _CACHE_LIMIT:
                self._words[text] = found
        return found

    def _analyse(self, text: str) -> tuple[Unit, ...]:
        folded = fold(text)
        word = folded.text
        if word in _LONE_CLITICS:
            return (Unit(text, word, word, "CLITIC"),)
        segmentation = self._segmenter.segment(word, _without_marks(text))
        units: list[Unit] = []
        begin, offset = 0, 0
        for cut in segmentation.cuts:
            end = folded.starts[cut]
            if end == folded.starts[cut - 1]:  # one character, such as the ligature ﻻ, stands for both
                break
            units.append(_clitic(text[begin:end], word[offset:cut]))
            begin, offset = end, cut
        restored = segmentation.article and offset == segmentation.cuts[-1]
        norm = "ال" + word[offset:] if restored else word[offset:]
        units.append(Unit(text[begin:], norm, _lemma(norm, text[begin:], restored=restored), "WORD"))
        return tuple(units)


def _without_marks(text: str) -> str:
    return text if text.isalpha() and "ـ" not in text else _MARKS.sub("", text)


def _hangs_on(following: Piece) -> bool:
    """Whether a clitic before this piece, with no space between, belongs to it: لـ"داعش", ال48, بـFacebook."""
    return following.kind in ("NUM", "LETTERS") or following.text[0] in _OPENING_MARKS


def _bare_clitics(text: str) -> tuple[Unit, ...]:
    """The word as clitics alone, or nothing where it is more than that."""
    folded = fold(text)
    word = folded.text
    if not word or not _BARE_CLITICS.fullmatch(word):
        return ()
    cuts = [1] if word[0] in "وف" and len(word) > 1 else []
    rest = word[cuts[-1] if cuts else 0 :]
    if len(rest) == 3:  # بال, كال: the preposition, then the article
        cuts.append(len(word) - 2)
    bounds = [0, *cuts, len(word)]
    offsets = [folded.starts[cut] if cut else 0 for cut in bounds[:-1]] + [len(text)]
    written = (text[begin:end] for begin, end in pairwise(offsets))
    forms = (word[begin:end] for begin, end in pairwise(bounds))
    return tuple(_clitic(*unit) for unit in zip(written, forms, strict=True))


def _clitic(text: str, form: str) -> Unit:
    norm = "ل" if form == "لل" else form
    return Unit(text, norm, norm, "CLITIC")


def _lemma(norm: str, text: str, *, restored: bool) -> str:
    """The norm without the article; a hamza on the written alef shows that ا and ل belong to the word."""
    if len(norm) < 4 or not norm.startswith("ال") or norm in clitic_rules().radical_al:
        return norm
    return norm[2:] if restored or text.lstrip("\u200e\u200f\u202a\u202b")[:1] not in "أإآ" else norm


def _plain_unit(text: str, kind: str) -> Unit:
    if kind in ("SPACE", "MARK"):
        return Unit(text, text, text, "SPACE")
    norm = fold_text(text)
    return Unit(text, norm, norm, "LATIN" if kind == "LETTERS" else kind)
