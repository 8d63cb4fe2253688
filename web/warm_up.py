"""Work done once at the start of the server, so that no visitor waits for it."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import walk_packages

import queries
from components import charts

# streamlit-folium is left out: Streamlit knows a component only where it was imported by a run of the app.
LIBRARIES = ("altair", "folium", "pandas.io.formats.style", "pyarrow.compute", "components.shell.filters", "web.routes")


def warm_up() -> None:
    """Import most of what the pages need, and exclude those objects from garbage collection.

    Imported modules never become garbage and are most of the objects that a collection would walk over; see
    ``docs/decisions/0006``.
    """
    packages = (charts, queries)
    own = [module.name for each in packages for module in walk_packages(each.__path__, f"{each.__name__}.")]
    for name in (*LIBRARIES, *own):
        import_module(name)
    gc.collect()
    gc.freeze()
