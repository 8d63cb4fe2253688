"""Version of the method, which every export states, so that figures of different methods can be told apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from data.effectiveness.formality import FORMALITY_METHOD, FormalityMethod
from data.effectiveness.index import EQUAL_WEIGHTS, INDEX_METHOD, PILLARS, IndexMethod, Pillar
from data.indicators import INDICATORS, METHOD, Indicator, IndicatorCode, Method


def method_version(
    indicators: Mapping[IndicatorCode, Indicator] = INDICATORS,
    method: Method = METHOD,
    pillars: Mapping[Pillar, tuple[IndicatorCode, ...]] = PILLARS,
    index_method: IndexMethod = INDEX_METHOD,
    formality_method: FormalityMethod = FORMALITY_METHOD,
) -> str:
    """Return the first ten hexadecimal digits of the SHA-256 of the declarations; it changes when the method does."""
    declared = {
        "indicators": [asdict(indicator) for indicator in indicators.values()],
        "method": asdict(method),
        "pillars": [[pillar.value, *codes] for pillar, codes in pillars.items()],
        "index": asdict(index_method),
        "formality": asdict(formality_method),
        "weights": EQUAL_WEIGHTS.text,
    }
    return hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()[:10]


METHOD_VERSION = method_version()
