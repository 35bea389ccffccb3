"""Finds who says what (`kgbuild_attribution`).

Reads tokens, sentences, `doc._.mentions` and `doc._.entities`; sets `doc._.claims`. Speech verbs and the words for
"according to" are in `data/<language>/attribution.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.blame import Blame, BlameReader
from kgbuild.pipeline.lexicon import folded, language_of, lexicon, nouns_of, spelt_out, verbs_of
from kgbuild.pipeline.ordered import Ordered
from kgbuild.pipeline.phrases import PhraseTable, phrase_set, tokenize_with
from kgbuild.pipeline.triggers import Trigger
from kgbuild.pipeline.words import Words, sentences_of, words_of

ClaimKind = Literal["speech", "doubt", "denial", "responsibility"]
_REACH = 14
_REACH_OF_OPENING = 24
"""Words that titles and offices may take up between a verb of speech and what is said."""
_REACH_OF_NEGATION = 8
_REACH_OF_ADJECTIVE = 1
_SEATS = frozenset({"Country", "City"})
"""Places that stand for their government right behind a verb of speech."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says: the tokens [start, end) of a sentence.

    `sources` are entity ids, empty for unnamed sources; `named` are the first tokens of the mentions that only name
    the source, and so take no part in what it tells; `seats` those of the places where the source is; `blamed` those
    of the names of who did it, as the source says. `carried`: the source is that of an earlier sentence.
    """

    start: int
    end: int
    kind: ClaimKind
    sources: tuple[str, ...]
    named: tuple[int, ...]
    carried: bool = False
    seats: tuple[int, ...] = ()
    blamed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens [start, end) with the names and the triggers in them."""

    start: int
    end: int
    mentions: list[EntityMention]
    triggers: list[Trigger]


@Language.factory("kgbuild_attribution", assigns=["doc._.claims"], requires=["doc._.mentions"])
def create(nlp: Language, name: str) -> ClaimFinder:
    """The component for the pipeline's language."""
    return ClaimFinder(nlp)


class ClaimFinder:
    """Looks for a speech verb or "according to" in every sentence, and for the name beside it."""

    def __init__(self, nlp: Language) -> None:
        data = lexicon(language_of(nlp), "attribution")["speech"]
        self._verbs: dict[str, ClaimKind] = {}
        for kind, key in (("denial", "deny"), ("responsibility", "claim"), ("doubt", "doubt"), ("speech", "verbs")):
            for pair in data[key]:
                for form in verbs_of(pair, language_of(nlp)):
                    self._verbs.setdefault(form, kind)  # type: ignore[arg-type]

        for form in folded([*data["unlike"], *data["naming"]]):
            self._verbs.pop(form, None)

        tokens = tokenize_with(nlp)
        self._according: PhraseTable[str] = phrase_set(data["according"], tokens)
        self._responsibility: PhraseTable[str] = phrase_set(data["claim_phrases"], tokens)
        self._unclaimed = folded(data["unclaimed"])
        self._bounds = frozenset(data["bounds"])
        self._openings = frozenset(data["openings"])
        self._asides = folded(data["asides"])
        self._receiving = frozenset(data["receiving"])
        self._tolls = _toll_nouns(language_of(nlp))
        self._same, self._same_tails = folded(data["same"]), folded(data["same_tails"])
        self._contrast = folded(data["contrast"])
        self._inverting = frozenset(data["inverting"])
        self._hearing = frozenset(data["hearing"])
        self._ties = spelt_out(lexicon(language_of(nlp), "roles")["words"]["belonging"])
        self._blame = BlameReader(nlp)
        tables = (self._according.by_first, self._responsibility.by_first, self._verbs, self._blame.verbs)
        self._telling = frozenset(word for table in tables for word in table)

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        claims: list[Claim] = []
        last: Claim | None = None
        for sentence in _sentences(doc):
            found = self._sentence(words, sentence, last)
            claims.extend(found)
            spoken = [c for c in found if c.kind in ("speech", "doubt")]
            last = spoken[-1] if spoken else last
        doc._.claims = tuple(claims)
        return doc

    def _sentence(self, words: Words, sentence: Sentence, last: Claim | None) -> list[Claim]:
        mentions = [m for m in sentence.mentions if m.group in ("actor", "person") and m.cls != "PopulationGroup"]
        places = {i for m in sentence.mentions if m.group == "place" for i in range(m.start, m.end)}  # Tell Abyad, تعز
        claims = []
        index = sentence.start
        while index < sentence.end:
            if words.norms[index] not in self._telling:
                index += 1
                continue
            hit = self._according.longest_at(words.norms, index, sentence.end)
            responsible = self._responsibility.longest_at(words.norms, index, sentence.end)
            verbal = words.tags[index] == "WORD" and index not in places
            kind = self._verbs.get(words.norms[index]) if verbal else None
            claiming = responsible is not None or kind == "responsibility"
            if claiming and self._is_unclaimed(words, index, sentence.start):
                responsible, kind = None, None if kind == "responsibility" else kind
            if hit is not None:
                before = last if self._is_the_same(words, hit[0]) else None
                claims.append(self._claim(words, sentence, hit[0], "speech", mentions, before, backward=False))
                index = hit[0]
            elif responsible is not None and not any(claim.blamed for claim in claims):
                claims.append(
                    self._claim(words, sentence, responsible[0], "responsibility", mentions, last, backward=True)
                )
                index = responsible[0]
            elif verbal and (blame := self._blame.at(words, index, sentence.start, sentence.end, mentions)) is not None:
                claims.append(_accusation(sentence, blame))
                index += 1
            elif kind is not None:
                claims.append(self._claim(words, sentence, index + 1, kind, mentions, last, backward=True))
                index += 1
            else:
                index += 1
        return claims

    def _claim(
        self,
        words: Words,
        sentence: Sentence,
        index: int,
        kind: ClaimKind,
        mentions: list[EntityMention],
        last: Claim | None,
        *,
        backward: bool,
    ) -> Claim:
        """The claim of the word that ends at `index`: its source stands behind it, before it, or in an earlier one."""
        bound, opened = self._end_of_speaker(words, sentence, index, mentions)
        end = bound if opened or not backward else self._end_of_titles(words, sentence, index, bound)
        named = [m for m in mentions if index <= m.start < end]
        beside = ("place", "facility")
        places = [m.start for m in sentence.mentions if m.group in beside and index <= m.start < bound]
        government = tuple(m.start for m in sentence.mentions if m.start == index and m.cls in _SEATS)
        seats = tuple(at for at in places if at not in government) if opened and backward else ()
        if backward and self._subject_first(words, index - 1):
            named = []
        speakers = [m for m in named if _can_speak(m) and not self._only_describes(words, m, mentions)]
        if not speakers and backward:
            reach = _REACH if kind == "responsibility" else 3
            before = (m for m in mentions if index - reach <= m.end <= index - 1 and _can_speak(m))
            named = speakers = [m for m in before if not self._only_describes(words, m, mentions)][-1:]
        contrast = opened and words.norms[index - 2] in self._contrast and index - 2 > sentence.start
        start = index - 2 if contrast and backward else sentence.start
        if speakers:
            sources = tuple(dict.fromkeys(m.entity for m in speakers if m.entity))
            return Claim(start, sentence.end, kind, sources, (*(m.start for m in named), *government), seats=seats)
        carried = last is not None and (bound <= index + 1 or self._is_the_same(words, index))
        sources = last.sources if carried and last is not None else ()
        return Claim(start, sentence.end, kind, sources, government, carried, seats)

    def _only_describes(self, words: Words, mention: EntityMention, names: Sequence[EntityMention]) -> bool:
        """Whether the name only says whose the one before it is ("X, *affiliated with Y*, claimed responsibility")."""
        tie = words.skip_back(words.skip_back(mention.start - 1, 0) - 1, 0)
        tied = tie >= 0 and words.norms[tie] in self._ties
        return tied and any(0 <= tie - other.end <= _REACH_OF_ADJECTIVE for other in names)

    def _is_unclaimed(self, words: Words, index: int, start: int) -> bool:
        """ "No group claimed responsibility"."""
        return not self._unclaimed.isdisjoint(words.norms[max(start, index - _REACH_OF_NEGATION) : index])

    def _is_the_same(self, words: Words, index: int) -> bool:
        """ "The same source"."""
        who, which = words.norms[index : index + 1], words.norms[index + 1 : index + 2]
        return not self._same.isdisjoint(who) and not self._same_tails.isdisjoint(which)

    def _end_of_speaker(
        self, words: Words, sentence: Sentence, index: int, mentions: list[EntityMention]
    ) -> tuple[int, bool]:
        """Where the words for who speaks end, and whether a word that opens speech follows them.

        They go up to the word that opens the speech ("a spokesman in the name of X, Y, *that* …"); where none does, up
        to the first word that may open what is told ("announced *on* …").
        """
        names = {at for m in mentions for at in range(m.start, m.end)}
        limit = min(sentence.end, index + _REACH)
        told = {t.start for t in sentence.triggers} | {i for i in range(index, limit) if words.norms[i] in self._tolls}
        told -= names
        bounds = self._bounds | self._receiving
        first = next((i for i in range(index, limit) if words.norms[i] in bounds or i in told), limit)
        opening = next((i for i in range(index, limit) if words.norms[i] in self._openings or i in told), limit)
        if opening < limit and opening not in told:
            return opening, True
        return first, first < limit and words.norms[first] in self._receiving

    def _end_of_titles(self, words: Words, sentence: Sentence, index: int, bound: int) -> int:
        """Where the speech opens behind long titles ("said X, member of Y, head of Z, *that*"), else `bound`."""
        told = {t.start for t in sentence.triggers}
        for i in range(index, min(sentence.end, index + _REACH_OF_OPENING)):
            if words.norms[i] in self._openings:
                return i
            if i in told or any(words.norms[i] in stops for stops in (self._asides, self._verbs, self._tolls)):
                break
        return bound

    def _subject_first(self, words: Words, verb: int) -> bool:
        """Whether nobody behind the verb can be its subject: "the Observatory said X bombed", unlike "…, said X"."""
        if not self._inverting or words.norms[verb] in self._hearing:
            return False
        return words.norms[verb - 1] not in self._inverting


def _sentences(doc: Doc) -> Iterator[Sentence]:
    names: Ordered[EntityMention] = Ordered(doc._.mentions)
    triggers: Ordered[Trigger] = Ordered(doc._.triggers)
    for start, end in sentences_of(doc):
        yield Sentence(start, end, names.within(start, end), triggers.within(start, end))


def _accusation(sentence: Sentence, blame: Blame) -> Claim:
    """What is said there is the accusers' word, and the accused did it."""
    sources = tuple(dict.fromkeys(m.entity for m in blame.accusers if m.entity))
    named, blamed = (_starts_of(sentence, names) for names in (blame.accusers, blame.accused))
    return Claim(sentence.start, sentence.end, "doubt", sources, named, blamed=blamed)


def _starts_of(sentence: Sentence, names: Sequence[EntityMention]) -> tuple[int, ...]:
    """Where the names stand, with the letters behind them in brackets that mean the same: "the Union (GFU) accused"."""
    entities = {m.entity for m in names if m.entity}
    own = {m.start for m in names}
    return tuple(m.start for m in sentence.mentions if m.start in own or (m.entity in entities and _adjoins(m, names)))


def _adjoins(mention: EntityMention, names: Sequence[EntityMention]) -> bool:
    return any(abs(mention.start - m.end) <= 2 or abs(m.start - mention.end) <= 2 for m in names)


def _can_speak(mention: EntityMention) -> bool:
    return mention.group in ("actor", "person") and mention.cls != "PopulationGroup"


def _toll_nouns(language: str) -> frozenset[str]:
    """Nouns such as "death", with which somebody may begin to tell ("the ministry announced the death of")."""
    nouns = (noun for effect in lexicon(language, "casualties")["effect"] for noun in effect["nouns"])
    return frozenset(form for noun in nouns for form in nouns_of(noun, language))
