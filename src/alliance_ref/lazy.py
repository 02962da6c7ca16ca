"""Packages whose public names are imported on first use.

Each package has one table from module to names. The function built here serves ``__getattr__``; the stub
``__init__.pyi`` next to the package is generated from the same table by ``tests/make_stubs.py``.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing `collections.abc` takes longer than the rest of this package
    from collections.abc import Callable, Mapping


def lazy_getattr(
    package: str,
    namespace: dict[str, object],
    names: "Mapping[str, tuple[str, ...]]",
    modules: tuple[str, ...] = (),
) -> "Callable[[str], object]":
    """Return a module-level ``__getattr__`` that imports a name when it is first used.

    Args:
        package: The name of the package, such as ``"alliance_ref.records"``.
        namespace: The ``globals()`` of the package, which keeps each imported value.
        names: The public names of each module, relative to the package.
        modules: Public modules of the package itself, relative to the package.
    """
    module_of = {name: module for module, listed in names.items() for name in listed}

    def __getattr__(name: str) -> object:  # noqa: N807 (the function is one)
        from importlib import import_module

        value: object
        if name in module_of:
            value = getattr(import_module(f"{package}.{module_of[name]}"), name)
        elif name in modules:
            value = import_module(f"{package}.{name}")
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        namespace[name] = value
        return value

    return __getattr__
