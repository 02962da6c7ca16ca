"""Labels and messages: each has its Japanese, and the command line speaks the language asked for."""

import pkgutil
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po as babel_read_po

import alliance_ref
from alliance_ref import errors
from alliance_ref.cli import main
from alliance_ref.cli.i18n import cli_language, join_items, plural, set_language
from alliance_ref.text import localization
from alliance_ref.text.localization import LabelKind, english_label, label, read_po, translator, values

PACKAGE = Path(alliance_ref.__file__).parent
PO = PACKAGE / "locale/ja/LC_MESSAGES/alliance_ref.po"
Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def english_again() -> object:
    yield
    return set_language("en")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return babel_read_po(file, locale="ja")


def once(forms: object) -> str:
    """A message or its translation, of a plural the first form."""
    return forms if isinstance(forms, str) else forms[0] if isinstance(forms, (tuple, list)) else ""


def test_every_message_has_its_japanese(catalogue: Catalog) -> None:
    assert not catalogue.obsolete
    for message in catalogue:
        assert not message.fuzzy or not message.id, message.id
        assert once(message.string).strip(), message.id


MARKERS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "plural": (1, 2),
    "Message": (1,),
    "message_text": (1,),
    "finding": (3,),
    "_finding": (3,),
    "fail": (2,),
}
"""The functions whose arguments are messages, with the number of the argument."""


def messages_of_the_code() -> set[str]:
    found = extract_from_dir(PACKAGE, keywords=MARKERS)
    return {once(message) for _, _, message, _, _ in found}


def test_the_catalogue_has_the_labels_of_the_records_and_the_messages_of_the_code(catalogue: Catalog) -> None:
    labels = {(kind, english_label(kind, value)) for kind in get_args(LabelKind) for value in values(kind)}
    messages = {(None, message) for message in messages_of_the_code() | set(TEMPLATES)}
    held = {(message.context, once(message.id)) for message in catalogue if message.id}
    assert held == labels | messages


JAPANESE = re.compile("[ぁ-んァ-ヶ一-鿿]")
CLASSES = [item for item in vars(errors).values() if isinstance(item, type) and hasattr(item, "MESSAGES")]
TEMPLATES = {template: item for item in CLASSES for template in item.MESSAGES.values()}


def test_every_error_class_of_the_library_is_in_one_module() -> None:
    def subclasses(item: type[Exception]) -> Iterator[type[Exception]]:
        for subclass in item.__subclasses__():
            yield subclass
            yield from subclasses(subclass)

    for module in pkgutil.walk_packages([str(PACKAGE)], "alliance_ref."):
        if module.name not in ("alliance_ref.__main__", "alliance_ref.sphinxext.search"):
            import_module(module.name)
    assert set(subclasses(errors.AllianceRefError)) <= set(CLASSES)


@pytest.mark.parametrize(
    ("error", "reason"), [(item.__name__, reason) for item in CLASSES for reason in item.MESSAGES]
)
def test_every_reason_of_every_error_has_its_japanese(error: str, reason: str) -> None:
    template = getattr(errors, error).MESSAGES[reason]
    japanese = translator("ja").gettext(template)
    if re.sub(r"\{.*?\}|\W", "", template):  # more than blanks and punctuation
        assert JAPANESE.search(japanese)
        assert not re.search(r"\b(no|is|are|the|not|must|be|cannot)\b", japanese)


def test_a_translation_has_the_blanks_of_its_message(catalogue: Catalog) -> None:
    def blanks(text: str) -> set[str | None]:
        if "%" in text and "{" not in text:  # of argparse
            return set(re.findall(r"%(?:\(\w+\))?[sr]", text))
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}

    for message in catalogue:
        if message.id:
            one, said = once(message.id), once(message.string)
            assert blanks(one) == blanks(said), one


def test_the_catalogue_reads_the_same_here_and_by_babel(catalogue: Catalog) -> None:
    expected = {
        (message.context, once(message.id)): once(message.string) for message in catalogue if message.id
    }
    assert read_po(PO.read_text(encoding="utf-8")) == expected


def test_an_installed_library_reads_the_compiled_catalogue(
    catalogue: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ja" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "alliance_ref.mo").open("wb") as file:
        write_mo(file, catalogue)
    from_po = {
        (kind, value): label(kind, value, "ja") for kind in get_args(LabelKind) for value in values(kind)
    }
    monkeypatch.setattr(localization, "_FOLDER", tmp_path)
    translator.cache_clear()
    assert {key: label(*key, "ja") for key in from_po} == from_po
    set_language("ja")
    assert (
        plural("{} concept written to {{path}}", "{} concepts written to {{path}}", 2)
        == "2 項目を {path} に出力"
    )
    translator.cache_clear()


def test_labels_are_for_people_to_read() -> None:
    assert label("passage-role", "author-note", "en") == "author's note"
    assert label("topic-outcome", "settled-in-part", "ja") == "一部決着"
    assert label("match-reason", "abbreviation", "ja") == label("name-status", "abbreviation", "ja") == "略称"


def test_what_has_no_label_is_refused() -> None:
    with pytest.raises(ValueError, match="gap-reason is 'eaten'; expected 'lost'"):
        label("gap-reason", "eaten", "en")
    with pytest.raises(ValueError, match="kind is 'colour'; expected 'entry-kind'"):
        label("colour", "red", "en")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="expected 'en', 'ja'"):
        translator("fr")


def test_a_message_without_japanese_stays_english() -> None:
    ja = translator("ja")
    assert ja.gettext("unheard of") == ja.pgettext("mark", "unheard of") == "unheard of"
    assert ja.ngettext("{} cat", "{} cats", 2) == "{} cats"


@pytest.mark.parametrize(
    ("option", "environment", "lang"),
    [
        ("ja", {"LANG": "en_US.UTF-8"}, "ja"),
        ("en", {"LANG": "ja_JP.UTF-8"}, "en"),
        (None, {}, "en"),
        (None, {"LANG": "ja_JP.UTF-8"}, "ja"),
        (None, {"LANG": "ja"}, "ja"),
        (None, {"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        (None, {"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
        (None, {"LANG": "en_US", "LANGUAGE": "fr:ja:en"}, "ja"),
        (None, {"LANG": "ja_JP", "LANGUAGE": "fr"}, "en"),
        (None, {"LC_MESSAGES": "ja_JP", "LANG": "en_US"}, "ja"),
    ],
)
def test_the_language_is_that_of_the_option_or_the_locale(
    option: str | None, environment: dict[str, str], lang: str
) -> None:
    assert cli_language(option, environment) == lang


def test_the_command_line_speaks_japanese(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "ja")
    assert main(["lookup", "qwertyuiop"]) == 1
    assert capsys.readouterr().out == "'qwertyuiop' という名称の項目はありません\n"
    assert main(["lookup", "ふてんま"]) == 0
    assert "地名・施設" in capsys.readouterr().out
    assert main(["show", "futenma"]) == 0
    assert "futenma (地名・施設)" in capsys.readouterr().out
    assert main(["documents"]) == 0
    assert "発表日" in capsys.readouterr().out
    assert join_items(["一", "二"]) == "一、二"


def test_the_locale_of_a_process_is_heard() -> None:
    command = [sys.executable, "-m", "alliance_ref", "lookup", "no such name"]
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        env={"LANG": "ja_JP.UTF-8", "PYTHONPATH": str(PACKAGE.parent), "PATH": ""},
    )
    assert "という名称の項目はありません" in done.stdout.decode("utf-8")
