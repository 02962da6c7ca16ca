"""`import alliance_ref as ar`: what importing costs, and which names the package exports."""

import ast
import builtins
import doctest
import os
import pkgutil
import pydoc
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Literal, get_origin

import pytest

import alliance_ref as ar
import make_stubs
from alliance_ref import records, text

SOURCES = Path(str(ar.__file__)).parents[1]


def run(code: str) -> str:
    # Without what measures coverage, which imports much itself.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()


def test_importing_loads_nothing_heavy() -> None:
    loaded = run("import sys, alliance_ref; print(*sys.modules)").split()
    assert not {"attr", "attrs", "fugashi", "unidic_lite", "babel", "json", "re"} & set(loaded)


def test_a_look_up_loads_neither_fugashi_nor_babel() -> None:
    code = "import sys, alliance_ref as ar; assert ar.lookup('普天間'); print(*sys.modules)"
    loaded = set(run(code).split())
    assert not {"fugashi", "unidic_lite", "babel", "alliance_ref.records.editions"} & loaded


def test_the_command_lookup_loads_neither_a_glossary_nor_a_corpus() -> None:
    code = "import sys; from alliance_ref.cli import main; main(['lookup', '普天間']); print(*sys.modules)"
    loaded = set(run(code).splitlines()[-1].split())
    assert not {"alliance_ref.glossary", "alliance_ref.corpus", "alliance_ref.annotation.annotator"} & loaded


def test_every_public_name_is_there_and_documented() -> None:
    assert len(ar.__all__) == len(set(ar.__all__))
    assert set(dir(ar)) == set(ar.__all__)
    for name in ar.__all__:
        value = getattr(ar, name)
        assert isinstance(value, (str, int)) or get_origin(value) is Literal or value.__doc__, name


def public_objects() -> Iterator[tuple[str, object]]:
    """Every public class and function by name, and the methods of the classes."""
    for name in ar.__all__:
        value = getattr(ar, name)
        if not isinstance(value, (str, int, ModuleType)) and get_origin(value) is not Literal:
            yield name, value
            methods = vars(value).items() if isinstance(value, type) else ()
            yield from ((f"{name}.{key}", method) for key, method in methods if not key.startswith("_"))


def examples(value: object) -> list[doctest.Example]:
    found = doctest.DocTestParser().get_examples(getattr(value, "__doc__", None) or "")
    return [example for example in found if not example.options.get(doctest.SKIP)]


def not_imported(found: list[doctest.Example]) -> set[str]:
    """The names that examples use and neither import nor make."""
    used, made = set[str](), set(dir(builtins))
    for node in ast.walk(ast.parse("".join(example.source for example in found))):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else made).add(node.id)
        elif isinstance(node, ast.alias):
            made.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            made.add(node.name)
        elif isinstance(node, ast.arg):
            made.add(node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            made.add(node.name)
    return used - made


def test_every_public_name_has_an_example_that_runs() -> None:
    assert [name for name, value in public_objects() if "." not in name and not examples(value)] == []


def test_an_example_imports_what_it_uses_so_that_it_can_be_pasted() -> None:
    wanting = {name: not_imported(examples(value)) for name, value in public_objects()}
    assert {name: names for name, names in wanting.items() if names} == {}


@pytest.mark.parametrize("package", [ar, records, text])
def test_no_module_hides_a_public_name(package: ModuleType) -> None:
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert not modules & set(dir(package)) - set(getattr(package, "PUBLIC_MODULES", ()))


def test_every_record_is_there_and_documented() -> None:
    assert set(dir(records)) == set(records.__all__)
    for name in records.__all__:
        value = getattr(records, name)
        assert get_origin(value) is Literal or value.__doc__, name


@pytest.mark.parametrize("module", [ar, records])
def test_a_name_that_is_not_there_is_an_attribute_error(module: object) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        module.nothing  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("package", make_stubs.PACKAGES)
def test_the_stub_equals_the_table_of_public_names(package: str) -> None:
    assert make_stubs.path_of(package).read_text(encoding="utf-8") == make_stubs.stub(package)


def test_the_top_level_is_small_enough_to_read() -> None:
    assert len(dir(ar)) <= 78


PROMISED = (
    "align align_documents annotate lookup translate suggest concordance tokenize sentences reading furigana"
    " romanize parse_date format_date name_key fold check_translation check_units self_check check_glossary"
    " build_glossary read_units read_glossary read_copy load SerialExecutor TranslationUnit Document Name"
    " AllianceRefError jmdict neural"
).split()


def test_the_promised_names_are_at_the_top_level() -> None:
    assert set(PROMISED) <= set(dir(ar))


def test_the_promised_attributes_are_there() -> None:
    match = ar.lookup("ふてんま")[0]
    assert (match.entry.id, match.reason) == ("futenma", "reading")
    annotation = ar.annotate("Futenma")[0]
    assert (annotation.text, annotation.entry.id) == ("Futenma", "futenma")
    finding = ar.check_translation("Talks go on at Futenma.", "協議は続く。")[0]
    assert (finding.code, finding.text) == ("T101", "Futenma")
    assert ar.sentences("Talks go on.", lang="en")[0].text == "Talks go on."
    assert len(ar.align(["Talks go on."], ["協議は続く。"]).beads) == 1
    assert "futenma" in ar.load()
    assert ar.reading("要", {"要": ("かなめ",)}) == "かなめ"
    assert ar.load().decided_readings()


MISSPELLED = """\
from alliance_ref import lokup
import alliance_ref as ar
ar.lokup("x")
ar.lookup("x")
"""


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_a_misspelled_name_is_an_error_of_type_checkers(checker: str, tmp_path: Path) -> None:
    pytest.importorskip(checker)
    (tmp_path / "misspelled.py").write_text(MISSPELLED, encoding="utf-8")
    options = ["--no-incremental", "--follow-imports=silent"] if checker == "mypy" else []
    done = subprocess.run(
        [sys.executable, "-m", checker, *options, "misspelled.py"],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(SOURCES), "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        text=True,
        check=False,
    )
    if checker == "pyright" and "misspelled.py" not in done.stdout:
        pytest.skip("pyright has no Node.js to run on")
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    assert [int(re.findall(r"misspelled\.py:(\d+)", line)[0]) for line in errors] == [1, 3]
    assert all("lokup" in line for line in errors)


SPHINX_ONLY = re.compile(r":[a-z:]+:`|^\s*\.\. \w+::", re.MULTILINE)


def test_help_has_no_markup_that_only_sphinx_interprets() -> None:
    shown = pydoc.plain(pydoc.render_doc(ar.lookup))
    assert "lookup(query" in shown
    assert [name for name, value in public_objects() if SPHINX_ONLY.search(value.__doc__ or "")] == []
