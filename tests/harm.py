"""Ways to harm a file: bytes cut out, doubled or overwritten, and values in JSON exchanged for others."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests import hostile


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with pieces cut out, doubled, exchanged or overwritten."""
    noise = st.sampled_from((b"", b"\0", b"\xff\xfe", b"<", b'"', b"9" * 12, b"-", b",", b"\n", b"{", b"]", b"null", b"NaN"))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        end = min(len(data), at + draw(st.integers(0, 60)))
        put = draw(noise | st.just(data[at:end] * 3) | st.binary(max_size=20))
        data = data[:at] + put + data[end:]
    return data


_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(hostile.STRINGS) | st.just([]) | st.just({})


@st.composite
def twisted(draw: st.DrawFn, data: bytes) -> bytes:
    """JSON in which some values are other ones, or gone."""
    content = json.loads(data)
    for _ in range(draw(st.integers(1, 3))):
        holder: Any = content
        while isinstance(holder, dict | list) and holder:
            key = draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
            if not isinstance(holder[key], dict | list) or not holder[key] or draw(st.integers(0, 4)) == 0:
                holder[key] = draw(_VALUES)
                break
            holder = holder[key]
    return json.dumps(content).encode()
