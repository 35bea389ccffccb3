"""How far a proper name reaches after its head noun, as a reader sets it (قرية عون الدادات | ضمن مناطق …)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kgbuild.arabic.frequencies import frequency_table
from kgbuild.arabic.inflect import adjective_forms, noun_forms, strip_suffix, verb_forms
from kgbuild.language.folding import fold_text
from kgbuild.pipeline.entity_rules.days import day_end
from kgbuild.pipeline.entity_rules.lexicon import Forms, section
from kgbuild.pipeline.entity_rules.view import View
from kgbuild.pipeline.lexicon import adjectives_of_nation, lexicon

OPENING_QUOTES = frozenset('"([')
CLOSING_QUOTES = frozenset('")]')
_RARE = 1e-6
_PARTICLE = 8e-4
_COMMON = 2e-5
_RELATED = 4e-6
_VERBAL = ("تها", "ته", "ها", "هم", "وه", "يا", "ت")
_NOMINAL = ("ان", "ين", "ه", "ا")
_LONGEST_QUOTE = 6
_PARTING = frozenset('،,و؛)"')
_LONGEST_NAME = 4


@cache
def _folded(file: str, *path: str) -> frozenset[str]:
    return frozenset(fold_text(word) for word in section(file, *path))


@cache
def name_stops() -> frozenset[str]:
    """The words that never belong to a name, with or without the article; folded."""
    words = _folded("name_stops", "words")
    return words | {word.removeprefix("ال") for word in words if len(word) > 4}


@cache
def verb_stops() -> frozenset[str]:
    """The forms of the verbs that never belong to a name; folded."""
    return frozenset(form for past, present in section("name_stops", "verbs") for form in verb_forms(past, present))


@cache
def _particles() -> frozenset[str]:
    """Stops so common that no place of that name is ever meant."""
    return frozenset(word for word in name_stops() | verb_stops() if frequency_table().get(word, 0.0) > _PARTICLE)


@cache
def plain_adjectives() -> frozenset[str]:
    """The forms of adjectives that describe and do not name, nationalities among them."""
    words = [*section("name_stops", "adjectives"), *section("nationalities", "people", "words")]
    words += [word for nation in section("nationalities", "nation").values() for word in adjectives_of_nation(nation)]
    return frozenset(form for word in words for form in adjective_forms(word))


@cache
def name_adjectives() -> frozenset[str]:
    """The forms of adjectives that may end a place's name (الجديدة, الشرقية, الثانية)."""
    words = section("place_heads", "name_adjectives")
    return frozenset(f for word in words for f, found in adjective_forms(word).items() if found.number == "singular")


@cache
def opening_words() -> frozenset[str]:
    """First words of names that the next word always belongs to (تل, دير, أبو)."""
    words = _folded("place_heads", "opening", "words")
    return frozenset(words | {form for word in words for form in noun_forms(word) if form == word})


@cache
def closing_words() -> frozenset[str]:
    """Words that always belong to the name before them (غازي عثمان باشا)."""
    return _folded("place_heads", "closing", "words")


@cache
def given_names() -> frozenset[str]:
    """The given names of the lexicon, folded."""
    return frozenset(name for name in _folded("persons", "parts", "given") if " " not in name)


def is_adjective(lemma: str) -> bool:
    """Whether a word has the shape of an adjective of relation (الاستهلاكية) or is a known adjective."""
    return lemma.endswith(("ي", "يه", "يين", "يون")) or lemma in plain_adjectives()


def is_rare(word: str, share: float = _RARE) -> bool:
    """Whether a word is hardly ever written, as most names of villages are."""
    return frequency_table().get(word, 0.0) < share


@cache
def speech_verbs() -> frozenset[str]:
    """The forms of verbs of speech, after which a name stands that no list holds (قال بيناز صالح)."""
    return frozenset(form for pair in lexicon("ar", "attribution")["speech"]["verbs"] for form in verb_forms(*pair))


@cache
def is_form(norm: str, *, of_noun: bool = False) -> bool:
    """Whether a word hardly ever written is a form of one that is written more often, and so no foreign name.

    Verbs with their endings and pronouns always; with `of_noun` also what may be a noun's or an adjective's form.
    """
    table = frequency_table()
    endings = (*_VERBAL, *_NOMINAL) if of_noun else _VERBAL
    related = [norm.removesuffix(end) for end in endings if norm.endswith(end)]
    if of_noun:
        related += [f"ال{norm}", f"{norm}ه"]
    if len(norm) == 4 and norm[0] in "يتن":
        related.append(norm[1:])
    return any(len(word) > 2 and table.get(word, 0.0) > _RELATED for word in related)


class Names:
    """Reads names in one document. `known(words)` tells whether a gazetteer holds the name of these words."""

    def __init__(self, view: View, forms: Forms, known: Callable[[str], bool]) -> None:
        self._view = view
        self._forms = forms
        self._known = known

    def ends_name(self, index: int) -> bool:
        """Whether the word can be no part of a name."""
        view = self._view
        if view.tags[index] not in ("WORD", "LATIN"):
            return True
        norm, lemma = view.norms[index], view.lemmas[index]
        if norm in name_stops() or lemma in name_stops() or norm in verb_stops():
            return True
        return self._is_inflected(norm)

    def _is_inflected(self, norm: str) -> bool:
        """Whether the word is a verb, or a word of every day, with a pronoun (يقطنهما, مصدرهما)."""
        if not is_rare(norm, _COMMON):
            return False
        stems = [stem for stem, suffix in strip_suffix(norm) if len(suffix) > 1 and len(stem) > 2]
        return any(stem in verb_stops() or not is_rare(stem, _COMMON) for stem in stems)

    def knows(self, index: int) -> bool:
        """Whether a gazetteer holds the word as a name."""
        return self._known(self._view.norms[index])

    def quoted(self, start: int, limit: int) -> tuple[int, int] | None:
        """(first, end) of the words between quotes or brackets that open at `start`."""
        view = self._view
        if start >= limit or view.norms[start] not in OPENING_QUOTES or not view.opens(start):
            return None
        for index in range(start + 1, min(limit, start + _LONGEST_QUOTE + 2)):
            if view.norms[index] in CLOSING_QUOTES:
                return (start + 1, index) if index > start + 1 else None
        return None

    def name_end(self, start: int, limit: int, *, listed: bool = False) -> int | None:
        """Where the place name that begins at `start` ends; None where no name begins there.

        `listed`: names stand side by side after a plural head, so an unknown word begins the next name.
        """
        if start >= limit or self._view.breaks[start]:
            return None
        if (dated := day_end(self._view, start, limit)) is not None:
            return dated
        gazetted = self._longest_known(start, limit)
        if not self._begins_name(start) and (gazetted is None or gazetted == start + 1):
            return None
        if gazetted is not None and self._view.norms[gazetted - 1] not in opening_words():
            return self._with_adjectives(gazetted, limit) if gazetted - start == 1 else gazetted
        end = start + 1
        while end < min(limit, start + _LONGEST_NAME) and self._continues(start, end, listed=listed):
            end += 1
        return self._with_adjectives(end, limit)

    def _begins_name(self, index: int) -> bool:
        view = self._view
        if view.tags[index] == "LATIN":
            return len(view.texts[index]) > 1
        if view.tags[index] != "WORD" or len(view.norms[index]) < 2:
            return False
        lemma = view.lemmas[index]
        if self._known(view.norms[index]):
            return view.norms[index] not in _particles()
        if view.norms[index] in opening_words():
            followed = index + 1 < len(view) and self._belongs_to_opening(index + 1)
            return followed or view.definite(index)  # قرية الإمام
        if self._may_be_verb(index) or self.ends_name(index):
            return False
        # after an indefinite head noun, a definite word is its genitive: جسر السياسية is a name
        return view.definite(index) or lemma not in plain_adjectives() or self._disagrees(index)

    def _disagrees(self, index: int) -> bool:
        """Whether an adjective is none of the feminine noun before it, and a rare word goes on: قرية جديد عكيدات."""
        view, behind = self._view, index + 1
        if index == 0 or not view.lemmas[index - 1].endswith("ه") or view.lemmas[index].endswith("ه"):
            return False
        return behind < len(view) and view.tags[behind] == "WORD" and is_rare(view.norms[behind])

    def _belongs_to_opening(self, index: int) -> bool:
        """Whether the word may be what a first word such as تل goes on with; some stops are, too (تل جمعة)."""
        noun = self._view.norms[index] in _folded("place_heads", "opening", "stops")
        return self._view.tags[index] == "WORD" and (noun or not self.ends_name(index))

    def _may_be_verb(self, index: int) -> bool:
        """Whether a word has the shape of a verb in the present and is written as often as one (مناطق يشكل …)."""
        norm = self._view.norms[index]
        return norm[0] in "يت" and not is_rare(norm)

    def _longest_known(self, start: int, limit: int) -> int | None:
        view = self._view
        for end in range(min(limit, start + _LONGEST_NAME), start, -1):
            if all(tag == "WORD" for tag in view.tags[start:end]) and self._known("".join(view.norms[start:end])):
                return end
        return None

    def _continues(self, start: int, index: int, *, listed: bool) -> bool:
        view = self._view
        if view.tags[index] != "WORD" or view.breaks[index]:
            return False
        opened = view.norms[index - 1] in opening_words()
        if view.norms[index] in closing_words():
            return True
        stop = not self._belongs_to_opening(index) and view.norms[index] in name_stops() if opened else True
        if self.ends_name(index) and stop:
            return False
        if opened:
            return True
        lemma = view.lemmas[index]
        if lemma in plain_adjectives() or view.definite(index - 1):
            return False
        if view.definite(index):
            return index - start < 3
        if listed and not self._closes_item(index):
            return False
        return is_rare(view.norms[index]) or view.norms[index] in given_names()

    def _closes_item(self, index: int) -> bool:
        """Whether the word after this one parts the names of a list, so that both words are one name (تير معلة،)."""
        norms = self._view.norms
        return index + 1 < len(norms) and norms[index + 1] in _PARTING

    def _with_adjectives(self, end: int, limit: int) -> int:
        view = self._view
        if end < limit and view.tags[end] == "WORD" and not view.breaks[end] and view.definite(end):
            return end + 1 if view.lemmas[end] in name_adjectives() else end
        return end
