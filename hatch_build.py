"""Build hook: compiles the data, so that an installed library never parses TOML to answer a query.

The wheel gets the compiled form with the TOML beside it, and the message catalogues compiled. An editable
install gets compiled data in the source tree (ignored by git) that names the files it was made from and is
passed over as soon as one of them changes; the catalogues it reads as they are.
"""

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileData(BuildHookInterface[Any]):
    """Runs before a wheel is packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the data and put the result where this kind of build needs it."""
        if self.target_name != "wheel":
            return
        package = Path(self.root, "src", "alliance_ref")
        sys.path.insert(0, str(package.parent))
        write_compiled = importlib.import_module("alliance_ref.compiling").write_compiled
        if version == "editable":
            write_compiled(package / "data", package / "data" / "compiled", package=package)
            return
        folder = Path(tempfile.mkdtemp())
        for written in write_compiled(package / "data", folder):
            build_data["force_include"][str(written)] = f"alliance_ref/data/compiled/{written.name}"
        for catalogue in (package / "locale").rglob("*.po"):
            compiled = folder / f"{catalogue.parent.parent.name}.mo"
            with catalogue.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source))
            place = catalogue.relative_to(package.parent).with_suffix(".mo")
            build_data["force_include"][str(compiled)] = place.as_posix()
