"""`import alliance_ref as ar`: what it costs, what it offers."""

import ast
import builtins
import doctest
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_origin

import pytest

import alliance_ref as ar
from alliance_ref import records


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


def test_every_public_name_is_there_and_documented() -> None:
    assert len(ar.__all__) == len(set(ar.__all__))
    assert set(dir(ar)) == set(ar.__all__)
    for name in ar.__all__:
        value = getattr(ar, name)
        assert isinstance(value, (str, int)) or value.__doc__, name


def public_objects() -> Iterator[tuple[str, object]]:
    """Every public class and function by name, and the methods of the classes."""
    for name in ar.__all__:
        value = getattr(ar, name)
        if not isinstance(value, (str, int)):
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


def test_no_module_hides_a_public_name() -> None:
    modules = {module.name for module in pkgutil.iter_modules(ar.__path__)}
    assert not modules & set(ar.__all__)


def test_every_record_is_there_and_documented() -> None:
    assert set(dir(records)) == set(records.__all__)
    for name in records.__all__:
        value = getattr(records, name)
        assert get_origin(value) is Literal or value.__doc__, name


@pytest.mark.parametrize("module", [ar, records])
def test_a_name_that_is_not_there_is_an_attribute_error(module: object) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        module.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_what_type_checkers_see_is_what_there_is() -> None:
    for module in (ar, records):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        seen = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.If)
            for statement in node.body
            if isinstance(statement, ast.ImportFrom)
            for alias in statement.names
        }
        assert seen | {"DATA_EDITION", "__version__"} >= set(module.__all__)
        assert seen <= set(module.__all__)
