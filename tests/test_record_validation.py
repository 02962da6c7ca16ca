"""Records reject values of the wrong type when they are created."""

import attrs
import pytest

import alliance_ref as ar
from alliance_ref import records
from alliance_ref.errors import InvalidType, InvalidValue
from alliance_ref.records import (
    AlignedUnit,
    Bilingual,
    Document,
    LanguageSection,
    Organization,
    PartialDate,
    Passage,
    Period,
    Place,
    Segment,
    Source,
    Term,
)

SOURCE = Source("own", Bilingual("Own notes", "自分の記録"))
NAME = ar.Name("Harbor", "en")


def document(**fields: object) -> Document:
    given = {"type": "report", "issued": "2010-05-06", "sources": (SOURCE,), **fields}
    return Document("harbor", (NAME,), **given)  # type: ignore[arg-type]


def test_a_date_is_parsed_from_text() -> None:
    assert document().issued == PartialDate(2010, 5, 6)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"issued": 2010}, "the date must be"),
        ({"issued": "6 May"}, "is not a date"),
        ({"type": "nonsense"}, "type is 'nonsense'; expected"),
        ({"authors": "futenma"}, "authors must be a tuple of str, not str"),
        ({"authors": [1]}, "authors must be a tuple of str, not list"),
        ({"passages": ("x",)}, "passages must be a tuple of Passage, not tuple"),
        ({"in_force": "2005"}, "in_force must be a Period, not str"),
        ({"publisher": 5}, "publisher must be text or None, not int"),
        ({"summary": "x"}, "summary must be a Bilingual or None, not str"),
        ({"sources": ()}, "sources has 0 items"),
        ({"sources": 5}, "sources must be a tuple of Source, not int"),
    ],
)
def test_a_document_with_a_wrong_value_is_rejected(fields: dict[str, object], message: str) -> None:
    with pytest.raises((InvalidType, InvalidValue), match=message):
        document(**fields)


def test_units_and_segments_of_the_wrong_class_are_rejected() -> None:
    with pytest.raises(InvalidType, match="units must be a tuple of AlignedUnit"):
        Passage("a#1", 1, (("en", "ja"),))  # type: ignore[arg-type]
    with pytest.raises(InvalidType, match="en must be"):
        AlignedUnit("We agree.", (Segment("同意する。", "ja", 0, 5),))  # type: ignore[arg-type]
    with pytest.raises(InvalidType, match="terms must be a tuple of Term"):
        LanguageSection("en", ("harbor",))  # type: ignore[arg-type]
    with pytest.raises(InvalidType, match="start must be a PartialDate or None, not str"):
        Period("2005")  # type: ignore[arg-type]
    with pytest.raises(InvalidType, match="year must be a whole number, not bool"):
        PartialDate(True)


@pytest.mark.parametrize("kind", [Place, Organization])
def test_types_of_places_and_organizations_are_checked(kind: type[Place] | type[Organization]) -> None:
    with pytest.raises(InvalidValue, match="type is 'nonsense'"):
        kind("harbor", (NAME,), sources=(SOURCE,), type="nonsense")  # type: ignore[arg-type]


def test_numbers_accept_whole_numbers_and_not_truth_values() -> None:
    assert Term("harbor", "en", reliability=1).reliability == 1
    with pytest.raises(InvalidType, match="reliability must be a number or None, not bool"):
        Term("harbor", "en", reliability=True)
    with pytest.raises(InvalidType, match="latitude must be a number, not str"):
        records.Coordinates("1", 2)  # type: ignore[arg-type]


def test_every_field_of_every_record_rejects_an_object_of_another_class() -> None:
    accepting = []
    for name in records.__all__:
        kind = getattr(records, name)
        for field in attrs.fields(kind) if attrs.has(kind) else ():
            try:
                if field.converter is None:
                    assert field.validator is not None, (name, field.name)
                    field.validator(None, field, object())
                    accepting.append((name, field.name))
            except (InvalidType, InvalidValue):
                pass
    assert accepting == []
