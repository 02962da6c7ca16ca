"""Write a review table: both sides of each unit and the findings on it, as a workbook or an HTML page.

The reviewer edits the translation or fills in the column *comment* and sends the file back. `read_units`
reads the workbook as units, with the corrected translations::

    unit  en                                ja                     findings                     comment
    1     The Defense Agency sent two ships.  防衛省は2隻を派遣した。  T202 防衛省: “防衛省” was …
"""

from collections.abc import Iterable, Iterator, Sequence

from alliance_ref.html import cell, highlight, html_cell, table, text_table_page
from alliance_ref.qa.units import CheckedUnit
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import LANGS, Lang

COLUMNS = ("unit", "en", "ja", "findings", "comment")
_TITLES = {
    "en": ("Unit", "English", "Japanese", "Findings", "Comment"),
    "ja": ("番号", "英語", "日本語", "指摘", "コメント"),
}
_WIDTHS = {"unit": 8, "en": 60, "ja": 45, "findings": 50, "comment": 30}


def review_xlsx(
    units: Sequence[CheckedUnit], findings: Iterable[TranslationFinding], *, lang: Lang = "en"
) -> bytes:
    """Return the units with their findings as a workbook.

    Args:
        units: The units that were checked.
        findings: The findings on them.
        lang: The language of the messages.

    Raises:
        MissingExtra: openpyxl is not installed.
        UnwritableData: A side has more than the 32,767 characters that Excel allows in a cell.
    """
    from alliance_ref.exchange.tables.excel import sheet_bytes

    rows = [
        (str(unit.number + 1), unit.en, unit.ja, "\n".join(_messages(found, lang)), "")
        for unit, found in _rows(units, findings)
    ]
    return sheet_bytes("review", COLUMNS, rows, _WIDTHS, wrap=True)


def review_html(
    units: Sequence[CheckedUnit], findings: Iterable[TranslationFinding], *, lang: Lang = "en"
) -> str:
    """Return the units with their findings as an HTML page, in which translations and comments can be edited.

    Args:
        units: The units that were checked.
        findings: The findings on them.
        lang: The language of the page.
    """
    rows = (
        cell(str(unit.number + 1))
        + "".join(
            html_cell(highlight(unit.given(side), _spans(unit, found, side)), side, contenteditable="true")
            for side in LANGS
        )
        + cell("\n".join(_messages(found, lang)), lang)
        + cell("", contenteditable="true")
        for unit, found in _rows(units, findings)
    )
    title = "翻訳の確認" if lang == "ja" else "Translation review"
    return text_table_page(table(_TITLES[lang], rows), title, lang)


def _rows(
    units: Sequence[CheckedUnit], findings: Iterable[TranslationFinding]
) -> Iterator[tuple[CheckedUnit, list[TranslationFinding]]]:
    by_unit: dict[int, list[TranslationFinding]] = {}
    for item in findings:
        by_unit.setdefault(item.unit, []).append(item)
    return ((unit, by_unit.get(unit.number, [])) for unit in units)


def _messages(findings: Iterable[TranslationFinding], lang: Lang) -> list[str]:
    return [f"{item.code} {item.message_in(lang)}" for item in findings]


def _spans(unit: CheckedUnit, findings: Iterable[TranslationFinding], lang: Lang) -> list[tuple[int, int]]:
    """Return the places of findings on a side, merged where they overlap."""
    offset = unit.start(lang)
    spans: list[tuple[int, int]] = []
    for start, end in sorted((one.start - offset, one.end - offset) for one in findings if one.lang == lang):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif start < end:
            spans.append((start, end))
    return spans
