"""Method: every indicator explained from its declaration and worked through, then the index and the other methods."""

from __future__ import annotations

import streamlit as st

from components.sections.method import render_contents, render_indicator, render_rules
from components.sections.method_example import render_example_filters
from components.sections.method_index import render_method_parts
from components.shell.chrome import render_title
from components.shell.filters import current_filters
from components.shell.request_context import current_context
from data.effectiveness.method_version import METHOD_VERSION
from data.indicators import INDICATORS
from data.policy import Action, require

context, filters = current_context(), current_filters()
translate = context.translate
require(context.actor, Action.SEE_METHOD)

render_title(translate("How the indicators are computed"), context)
st.caption(
    translate(
        "Version {version} of the method. The version is a fingerprint of the declarations below and changes whenever "
        "one of them does.",
        version=METHOD_VERSION,
    )
)
render_contents(INDICATORS, translate=translate)
render_rules(translate)
render_example_filters(filters, context)
for indicator in INDICATORS.values():
    render_indicator(indicator, filters, context)
render_method_parts(translate)
