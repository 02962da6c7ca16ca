"""Check a glossary against the units that it was built from."""

from alliance_ref.glossary.glossary import Glossary
from alliance_ref.qa.check import check_units
from alliance_ref.qa.options import CheckOptions
from alliance_ref.qa.units import Units
from alliance_ref.records.findings import TranslationFinding
from alliance_ref.records.values import Lang


def self_check(glossary: Glossary, units: Units, *, source: Lang = "en") -> tuple[TranslationFinding, ...]:
    """Return the places where *units* contradict the glossary that was built from them.

    These are the T101 findings of `check_units`: terms that occur without one of their renderings. Each is a
    false alarm that a translator with the same texts would see. Divide their number by the number of units to
    compare glossaries.

    Args:
        glossary: The glossary.
        units: The units that it was built from, as for `check_units`.
        source: The language of the terms that are sought.

    Raises:
        InvalidType: for another kind of item in *units*.
        InvalidValue: for another language.

    >>> import alliance_ref as ar
    >>> unit = ar.TranslationUnit("The Status of Forces Agreement was signed.", "地位協定が署名された。")
    >>> glossary = ar.build_glossary([unit])
    >>> ar.self_check(glossary, [unit])
    ()
    >>> other = ar.TranslationUnit("The Status of Forces Agreement was signed.", "条約が署名された。")
    >>> [finding.concept for finding in ar.self_check(glossary, [other])]
    ['status-of-forces-agreement']
    """
    found = check_units(units, glossary, source=source, options=CheckOptions("terms"))
    return tuple(finding for finding in found if finding.code == "T101")
