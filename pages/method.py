"""Method: every indicator explained from its declaration and worked through, then the index and the other methods."""

from __future__ import annotations

import streamlit as st

from components.chrome import render_title
from components.filters import current_view
from components.sections.method import render_contents, render_indicator, render_rules
from components.sections.method_example import render_example_filters
from components.sections.method_index import render_method_parts
from components.session import current_visit
from data.indicators import INDICATORS
from data.method import METHOD_VERSION
from data.rights import Right, require

visit, view = current_visit(), current_view()
translate = visit.translate
require(visit.actor, Right.SEE_METHOD)

render_title(translate("How the indicators are computed"), visit)
st.caption(
    translate(
        "Version {version} of the method. The version is a fingerprint of the declarations below and changes whenever "
        "one of them does.",
        version=METHOD_VERSION,
    )
)
render_contents(INDICATORS, translate=translate)
render_rules(translate)
render_example_filters(view, visit)
for indicator in INDICATORS.values():
    render_indicator(indicator, view, visit)
render_method_parts(translate)
