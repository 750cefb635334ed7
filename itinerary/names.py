"""One spelling for each name: how the gazetteer stores it and how a text is looked up.

>>> fold("Saint-Étienne") == fold("ST. ETIENNE")
True
>>> fold("Komsomolsk‑on‑Amur")
'komsomolsk on amur'
>>> fold("D.C.")
'dc'
"""

import re
import unicodedata

_INITIALS = re.compile(r"(?<![^\W\d_]{2})([^\W\d_])\.(?=[^\W\d_]?(?:\.|\b|$))")
_NOT_NAME = re.compile(r"[^\w]+")
# Letters that Unicode does not decompose, with their usual Latin spelling.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"})
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_APOSTROPHES = str.maketrans("", "", "'’‘ʼʻ`´")


def fold(name: str) -> str:
    """The look-up key of a name: no accents, case, hyphens or full stops; "St." and "Mt." written out.

    Names of unknown scripts keep their letters; a name of nothing but punctuation folds to "".
    """
    text = name.lower().replace("'", "").replace("`", "") if name.isascii() else _plain(name)
    if "." in text:
        text = _INITIALS.sub(r"\1", text)
    return " ".join([_WORDS.get(word, word) for word in _NOT_NAME.sub(" ", text).split()])


def _plain(name: str) -> str:
    """Without case, accents and apostrophes; two names in three are ASCII and need none of this."""
    text = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS).translate(_APOSTROPHES)
    return "".join([c for c in text if c.isascii() or not unicodedata.combining(c)])
