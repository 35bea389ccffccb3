from __future__ import annotations

import pytest

from kgbuild.extract import Extractor
from kgbuild.model import Article


def _relations(text: str) -> set[tuple[str, str, str]]:
    extraction = Extractor()(Article(id="a", source="a", text=text))
    names = {e.id: e.label["ar"] for e in extraction.entities}
    return {(r.type, names[r.subject], names[r.object]) for r in extraction.relations}


@pytest.mark.parametrize(
    ("text", "type_", "subject", "object_"),
    [
        ('نشرت وكالة "أعماق" التابعة لتنظيم "داعش" تسجيلا.', "affiliatedWith", "أعماق", "الدولة الإسلامية"),
        ("دخلت القافلة بلدة الكرامة الخاضعة لسيطرة تنظيم داعش.", "controls", "الدولة الإسلامية", "الكرامة"),
        ("تقدمت قوات سوريا الديمقراطية المدعومة من التحالف الدولي.", "supportedBy", "الديمقراطية", "التحالف"),
        ("استهدف القصف بلدة حاس قرب مدينة كفرنبل.", "locatedNear", "حاس", "كفرنبل"),
    ],
)
def test_what_is_stated_is_related(text: str, type_: str, subject: str, object_: str) -> None:
    assert any(t == type_ and subject in s and object_ in o for t, s, o in _relations(text))


def test_two_names_in_one_sentence_are_not_related_by_that_alone() -> None:
    found = _relations("قصفت قوات سوريا الديمقراطية مواقع تنظيم داعش.")
    assert not {t for t, *_ in found} & {"affiliatedWith", "controls", "supportedBy", "memberOf"}
