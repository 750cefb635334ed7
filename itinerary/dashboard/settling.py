"""What is in memory for good, kept out of the way of the readers."""

from __future__ import annotations

import gc
from functools import cache


@cache
def settle() -> None:
    """Once a first journey is drawn: no garbage is looked for any more in what was loaded for it and stays.

    To go through the language model, the word lists and the base map takes 50 ms and more, in which nobody is served.
    """
    gc.collect()
    gc.freeze()
