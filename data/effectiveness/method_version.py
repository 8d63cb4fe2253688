"""Version of the method, which every export states, so that figures of different methods can be told apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace

from data.effectiveness.formality import FORMALITY_METHOD, FormalityMethod
from data.effectiveness.index import EQUAL_WEIGHTS, INDEX_METHOD, IndexMethod, Pillar
from data.indicators import INDICATORS, METHOD, PILLARS, Indicator, Method
from data.indicators.process_charts import PROCESS_METHOD, ProcessMethod


def method_version(
    indicators: Mapping[str, Indicator] = INDICATORS,
    method: Method = METHOD,
    pillars: Mapping[Pillar, tuple[str, ...]] = PILLARS,
    index_method: IndexMethod = INDEX_METHOD,
    formality_method: FormalityMethod = FORMALITY_METHOD,
    process_method: ProcessMethod = PROCESS_METHOD,
) -> str:
    """Return the first ten hexadecimal digits of the SHA-256 of the declarations; it changes when the method does."""
    declared = {
        "indicators": [_method_of(indicator) for indicator in indicators.values()],
        "method": asdict(method),
        "pillars": [[pillar.value, *codes] for pillar, codes in pillars.items()],
        "index": asdict(index_method),
        "formality": asdict(formality_method),
        "trends": asdict(process_method),
        "weights": EQUAL_WEIGHTS.text,
    }
    return hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()[:10]


def _method_of(indicator: Indicator) -> Mapping[str, object]:
    """What a declaration says of the method: not where the indicator is shown, nor which records are listed with it."""
    kind = type(indicator.computation).__name__
    return {**asdict(replace(indicator, shown=(), records=None)), "kind": kind}


METHOD_VERSION = method_version()
# What people quote: number and year of the method, and in brackets the fingerprint of its declarations.
METHOD_EDITION = f"1.3, 2026 ({METHOD_VERSION})"
