"""Where the files of installed packages lie; none of the packages is imported."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from itinerary.errors import GazetteerUnusable


def package_file(package: str, *parts: str) -> Path:
    """Path of a file of an installed package; GazetteerUnusable when it is not installed."""
    spec = find_spec(package)
    path = Path(spec.origin).parent.joinpath(*parts) if spec and spec.origin else None
    if path is None or not path.is_file():
        raise GazetteerUnusable(f"The gazetteer can't be built: {package} is not installed. Run: pip install -r requirements.txt")
    return path
