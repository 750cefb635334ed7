"""Claims about work that is killed in the middle: the file before or the file after, never one between."""

import pytest

from tests import killing


@pytest.mark.slow
@pytest.mark.parametrize("deed", killing.DEEDS)
def test_a_kill_leaves_the_file_before_or_the_file_after(deed: str) -> None:
    finished = killing.kills(deed, times=4, seed=1)
    assert len(finished) == 4 and all(rounds >= 1 for rounds in finished)


def test_a_file_between_would_be_seen(tmp_path) -> None:
    deed = killing.DEEDS["saving"]
    next(deed.do(tmp_path))
    saved = max(tmp_path.rglob("*"), key=lambda path: path.stat().st_size if path.is_file() else 0)
    saved.write_bytes(saved.read_bytes()[:100])
    with pytest.raises(Exception):  # noqa: B017  # whatever reads it first refuses it
        deed.holds(tmp_path, 1)
