"""Sphinx configuration."""

from importlib.metadata import version as _version

import alliance_ref as _ar

# The public names are documented where people reach them, not where they are written.
for _name in _ar.__all__:
    _value = getattr(_ar, _name)
    if getattr(_value, "__module__", "").startswith("alliance_ref."):
        _value.__module__ = "alliance_ref"

project = "alliance_ref"
author = "The alliance_ref contributors"
project_copyright = "2026, the alliance_ref contributors; code MIT, data CC BY 4.0"
version = release = _version("alliance-ref")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "alliance_ref"

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_class_signature = "separated"
autodoc_default_options = {"members": True, "show-inheritance": True}
napoleon_google_docstring = True
napoleon_numpy_docstring = False

nitpicky = True
# Documentation of other projects is not at hand where there is no network, so their names are not links.
nitpick_ignore_regex = [
    (r"py:.*", r"(attrs?|argparse|collections|datetime|os|pathlib|typing|builtins)\b.*"),
    (r"py:.*", r"(Lang|Mark|GapReason|NameStatus|EntryKind|PassageRole|Fidelity|Reason|Side|T|date|Index)"),
    (r"py:.*", r"(str|int|float|bool|bytes|tuple|list|dict|object|None|Path|PathLike|Iterable|Iterator)"),
    (r"py:.*", r".*(Error|Exception)"),
    (r"py:.*", r"alliance_ref\.(alignment|codec)\..*"),  # rooms behind the public face
]
