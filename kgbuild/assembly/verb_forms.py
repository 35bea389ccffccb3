"""The verbs that assembly asks for by their sense, in all their forms, read from the language's data files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgbuild.pipeline.lexicon import folded, lexicon, verbs_of, verbs_with_object


@dataclass(frozen=True, slots=True)
class VerbForms:
    """All forms of the verbs that assembly asks for by their sense.

    `light` carry an event noun ("launched a raid"); the subject of `suffered` is the one hit; `done_by` end in the
    pronoun of what their subject did ("raids that X carried out"); what stands behind `following` came later. The
    subject of `stances` and `bystanding` took no part; that of `replying` hits back.
    """

    light: frozenset[str]
    suffered: frozenset[str]
    done_by: frozenset[str]
    following: frozenset[str]
    effect: frozenset[str]
    speech: frozenset[str]
    stances: frozenset[str]
    bystanding: frozenset[str]
    driving: frozenset[str]
    mourning: frozenset[str]
    recalling: frozenset[str]
    replying: frozenset[str]

    @classmethod
    def of(cls, language: str) -> VerbForms:
        roles, background = lexicon(language, "roles"), lexicon(language, "background")
        words, speech = roles["words"], lexicon(language, "attribution")["speech"]
        doing = (form for pair in (*words["light"], *words["doing"]) for form in verbs_with_object(pair, language))
        return cls(
            light=forms_of(words["light"], language),
            suffered=forms_of(words["suffered"], language),
            done_by=frozenset(doing),
            following=forms_of(words["following"], language),
            effect=folded(roles["cues"]["effect"]),
            speech=forms_of(speech["verbs"], language) - folded(speech["naming"]),
            bystanding=forms_of(words["bystanding"], language, pronouns=False),
            driving=forms_of(words["driving"], language, pronouns=False),
            stances=forms_of(background["stances"], language, pronouns=False),
            recalling=forms_of(background["recalling"], language, pronouns=False),
            replying=forms_of(words["replying"], language, pronouns=False),
            mourning=forms_of(background["mourning"], language, pronouns=False),
        )


def forms_of(verbs: Iterable[Sequence[str]], language: str, *, pronouns: bool = True) -> frozenset[str]:
    """All forms of the verbs, each given by its parts; `pronouns`: also those that end in one."""
    return frozenset(form for parts in verbs for form in verbs_of(parts, language, pronouns=pronouns))
