"""What the server does once before the first visitor, so that no visitor waits for it."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import walk_packages

import queries
from components import charts

# streamlit-folium is left out: Streamlit knows a component only where it was imported by a run of the app.
LIBRARIES = ("altair", "folium", "pandas.io.formats.style", "pyarrow.compute", "components.shell.filters", "web.routes")


def warm_up() -> None:
    """Import most of what the pages need, and take all of that out of the cleaning of memory.

    Streamlit looks through every object of the process after each run, before the browser has the end of the page.
    What was imported never becomes garbage, and is nearly all there is; see ``docs/decisions``.
    """
    packages = (charts, queries)
    own = [module.name for each in packages for module in walk_packages(each.__path__, f"{each.__name__}.")]
    for name in (*LIBRARIES, *own):
        import_module(name)
    gc.collect()
    gc.freeze()
