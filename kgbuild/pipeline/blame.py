"""Who lays the blame for something on whom: "X accused Y of …", "X held Y responsible", "X put it down to Y".

The verbs are in `data/<language>/attribution.toml` under `[[blame]]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language

from kgbuild.pipeline.annotations import EntityMention
from kgbuild.pipeline.lexicon import folded, language_of, lexicon, verbs_of, verbs_with_object
from kgbuild.pipeline.phrases import PhraseTable, phrase_set, tokenize_with
from kgbuild.pipeline.words import Words

_REACH = 20
_REACH_BEHIND_PREPOSITION = 3


@dataclass(frozen=True, slots=True)
class Blame:
    """The names, in order, of those who accuse and of those who are accused; either may be empty."""

    accusers: list[EntityMention]
    accused: list[EntityMention]


@dataclass(frozen=True, slots=True)
class _Verb:
    """`marks` must follow ("held … responsible"), if there are any; `before` stand before the accused, who is else
    the verb's object; `told` is whether the object is a pronoun of the verb itself.
    """

    marks: PhraseTable[str]
    before: frozenset[str]
    told: bool


class BlameReader:
    """Reads the names around the verbs of blame of the pipeline's language."""

    def __init__(self, nlp: Language) -> None:
        language = language_of(nlp)
        data = lexicon(language, "attribution")
        self.verbs: dict[str, _Verb] = {}
        for entry in data["blame"]:
            marks = phrase_set(entry.get("marks", ()), tokenize_with(nlp))
            before = folded(entry.get("before", ()))
            for pair in entry["verbs"]:
                told = set(verbs_with_object(pair, language)) if language == "ar" else set()
                for form in verbs_of(pair, language):
                    self.verbs.setdefault(form, _Verb(marks, before, form in told))
        words = data["blaming"]
        self._closing, self._joining, self._verbal = (folded(words[key]) for key in ("closing", "joining", "verbal"))

    def at(self, words: Words, index: int, start: int, end: int, names: Sequence[EntityMention]) -> Blame | None:
        """What the word at `index` tells in the sentence [start, end) with those names that can speak, if it is a verb
        of blame.
        """
        verb = self.verbs.get(words.norms[index])
        if verb is None:
            return None
        limit = min(end, index + _REACH)
        mark = next((i for i in range(index + 1, limit) if verb.marks.longest_at(words.norms, i, limit)), None)
        if verb.marks.by_first and mark is None:
            return None
        subject = self._subject_before(words, index, start, names)
        if verb.before:
            return self._put_down_to(words, verb, mark or index, subject, [m for m in names if index < m.start < limit])
        stop = mark or next((i for i in range(index + 1, limit) if self._closes(words, i, names)), limit)
        behind = [m for m in names if index < m.start < stop]
        if verb.told:
            return None if subject or not behind else Blame(behind, [])
        if subject:
            return Blame(subject, behind)
        return self._divided(words, index, behind)

    def _closes(self, words: Words, index: int, names: Sequence[EntityMention]) -> bool:
        """Whether the token opens what somebody is accused of."""
        return words.norms[index] in self._closing and not any(m.start <= index < m.end for m in names)

    def _subject_before(
        self, words: Words, index: int, start: int, names: Sequence[EntityMention]
    ) -> list[EntityMention]:
        """The last name before a verb that does not open its clause."""
        previous = words.skip_back(index - 1, start)
        if previous >= start and words.norms[previous] in self._verbal:
            previous = words.skip_back(previous - 1, start)
        if previous < start or words.norms[previous] in self._joining or words.tags[previous] == "PUNCT":
            return []
        return [m for m in names if index - _REACH <= m.start and m.end <= index][-1:]

    def _put_down_to(
        self, words: Words, verb: _Verb, index: int, subject: list[EntityMention], behind: list[EntityMention]
    ) -> Blame | None:
        """The accused stands behind a preposition, the accuser before it."""
        for i, mention in enumerate(behind):
            reach = range(max(index + 1, mention.start - _REACH_BEHIND_PREPOSITION), mention.start)
            if any(words.norms[at] in verb.before for at in reach):
                return Blame(subject or _first_name(behind[:i]), [mention])
        beside = behind and words.skip_forward(index + 1, behind[0].start + 1) == behind[0].start
        return Blame(_first_name(behind), []) if beside and not subject else None

    def _divided(self, words: Words, index: int, behind: list[EntityMention]) -> Blame:
        """Subject and object both follow the verb: a single name is the subject where it stands right behind it."""
        if len(behind) == 1:
            alone = words.skip_forward(index + 1, behind[0].start + 1) == behind[0].start
            return Blame(behind, []) if alone else Blame([], behind)
        persons = [i for i, m in enumerate(behind[:-1]) if m.group == "person"]
        cut = persons[-1] + 1 if persons else 1
        while cut < len(behind) - 1 and words.norms[behind[cut].start - 1] in self._joining:
            cut += 1
        return Blame(behind[:cut], [m for m in behind[cut:] if m.group == "actor"])


def _first_name(names: list[EntityMention]) -> list[EntityMention]:
    """The first of the names with those that go on with it ("the staff" + "of the army")."""
    end = next((i for i in range(1, len(names)) if names[i - 1].end < names[i].start), len(names))
    return names[:end]
