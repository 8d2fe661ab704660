"""Names of a package that are imported from their modules when they are first used (PEP 562)."""

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module


def lazy_names(package: str, homes: Mapping[str, Iterable[str]]) -> Callable[[str], object]:
    """The ``__getattr__`` of ``package``, a package's ``__name__``.

    homes: by module of the package the names that it gives. All names of a module are taken with
    the first: one that is called as its module would else be the module from then on. A name that
    is in none of them is an AttributeError, as of any module.
    """
    home_of = {name: home for home, names in homes.items() for name in names}

    def imported(name: str) -> object:
        home = home_of.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{home}")
        for given in homes[home]:
            setattr(sys.modules[package], given, getattr(module, given))
        value: object = getattr(module, name)
        return value

    return imported
