"""The spaCy component: entities with the ids of entries."""

import pytest

spacy = pytest.importorskip("spacy", reason="the extra [spacy] is not installed")

from spacy.language import Language  # noqa: E402
from spacy.tokens import Span  # noqa: E402

import alliance_ref.spacy_component  # noqa: E402, F401 (registers the component in a checkout)
from alliance_ref.errors import InvalidValue, UnknownEntry  # noqa: E402

TEXT = "On 14 April 2005 the JDA spoke about Camp Zama in Japan."


def pipeline(**config: object) -> Language:
    nlp: Language = spacy.blank("en")
    nlp.add_pipe("alliance_ref", config=config)
    return nlp


def entities(nlp: Language, text: str = TEXT) -> list[tuple[str, str, str]]:
    return [(entity.text, entity.label_, entity.kb_id_) for entity in nlp(text).ents]


def test_names_are_entities_with_ids() -> None:
    assert entities(pipeline()) == [
        ("JDA", "ORG", "jda"),
        ("Camp Zama", "FAC", "camp-zama"),
        ("Japan", "GPE", "japan"),
    ]
    assert [entity.ent_id_ for entity in pipeline()(TEXT).ents] == ["jda", "camp-zama", "japan"]


def test_the_options_select_entities() -> None:
    assert entities(pipeline(kinds=["place"], exclude=["japan"])) == [("Camp Zama", "FAC", "camp-zama")]
    with pytest.raises(UnknownEntry):
        entities(pipeline(exclude=["japn"]))
    with pytest.raises(InvalidValue):
        entities(pipeline(kinds=["thing"]))


def test_japanese_names_are_entities_in_any_tokenizer() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("alliance_ref")
    assert [entity.kb_id_ for entity in nlp("普天間飛行場 で 会談").ents] == ["futenma"]


@pytest.mark.parametrize(("overwrite", "label"), [(True, "FAC"), (False, "OTHER")])
def test_entities_of_other_components_are_replaced_or_kept(overwrite: bool, label: str) -> None:
    nlp = pipeline(overwrite=overwrite)
    doc = nlp.make_doc("Talks at Camp Zama")
    doc.ents = [Span(doc, 3, 4, "OTHER")]
    assert [entity.label_ for entity in nlp.get_pipe("alliance_ref")(doc).ents] == [label]
