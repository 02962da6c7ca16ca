"""One call for either language: sentences."""

from alliance_ref.arguments import check_lang, check_text
from alliance_ref.records.passages import Segment
from alliance_ref.records.values import Lang


def sentences(text: str, *, lang: Lang) -> tuple[Segment, ...]:
    """The sentences of *text* in order, each with its place in *text*.

    White space around a sentence is left out, nothing else is. A line end inside a sentence stays in
    it as it is. A blank line, a bullet or a numbered line ends a sentence even without punctuation;
    a quotation in Japanese brackets stays with the sentence it stands in.

    Args:
        text: Text of one language.
        lang: ``"en"`` or ``"ja"``.

    Raises:
        ValueError: for another language.
        TypeError: for a text that is none.

    >>> import alliance_ref as ar
    >>> [s.text for s in ar.sentences("The U.S. Army agreed. Mr. Ono did too.", lang="en")]
    ['The U.S. Army agreed.', 'Mr. Ono did too.']
    >>> [s.text for s in ar.sentences("「協議する。」と述べた。合意した。", lang="ja")]
    ['「協議する。」と述べた。', '合意した。']
    """
    check_text(text)
    check_lang(lang)
    if lang == "en":
        from alliance_ref.text.english import english_sentences

        return english_sentences(text)
    from alliance_ref.text.japanese import japanese_sentences

    return japanese_sentences(text)
