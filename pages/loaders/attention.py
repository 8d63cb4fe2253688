"""Attention lists of an area."""

from __future__ import annotations

from components.attention import AttentionGroup, attention_groups, chosen_kind
from components.shell.address import Param, choose
from components.shell.areas import Area
from components.shell.cache import cached_query
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from queries.attention import COUNT_LIMIT, attention_counts, attention_list

# Items of a kind that are listed on the overview and on the page of the district.
SHOWN_ON_OVERVIEW, SHOWN_ON_DISTRICT = 1, 3


def load_attention(
    area: Area, filters: Filters, context: RequestContext, *, limit: int, fmt: Formatter
) -> list[AttentionGroup]:
    """Kinds of things that need attention in an area, each with its count and ``limit`` most urgent items.

    Where the reader has chosen a kind, that one alone with all its items.
    """
    counts = cached_query(attention_counts, scope=area.scope, today=context.today)
    kind = chosen_kind()
    if kind is not None and not counts.loc[counts["kind_code"] == kind.value, "count"].any():
        choose(Param.ATTENTION, "")
        kind = None
    if kind is None:
        rows = cached_query(attention_list, scope=area.scope, today=context.today, limit=limit)
    else:
        counts = counts[counts["kind_code"] == kind.value]
        rows = cached_query(attention_list, scope=area.scope, today=context.today, kind=kind, limit=COUNT_LIMIT)
    return attention_groups(counts, rows, directory=filters.directory, fmt=fmt)
