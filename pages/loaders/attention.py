"""Attention lists of an area."""

from __future__ import annotations

from components.attention import AttentionGroup, attention_groups
from components.shell.areas import Area
from components.shell.cache import cached_query
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from queries.attention import attention_counts, attention_list

# Items of a kind that are listed: beside the map, and on the page of the district, where the list scrolls.
SHOWN_ON_OVERVIEW, SHOWN_ON_DISTRICT = 2, 5


def load_attention(
    area: Area, filters: Filters, context: RequestContext, *, limit: int, fmt: Formatter
) -> list[AttentionGroup]:
    """Kinds of things that need attention in an area, each with its count and ``limit`` most urgent items."""
    counts = cached_query(attention_counts, scope=area.scope, today=context.today)
    rows = cached_query(attention_list, scope=area.scope, today=context.today, limit=limit)
    return attention_groups(counts, rows, directory=filters.directory, fmt=fmt)
