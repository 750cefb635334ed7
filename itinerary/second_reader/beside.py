"""Two readings of one text at the price of one: what the built-in reader says is kept while the other one reads."""

from __future__ import annotations

from dataclasses import replace

from itinerary import legs
from itinerary.account import Account, Case, NoAccount, Reader
from itinerary.model import Itinerary


class Beside:
    """A reader whose journey is wanted beside the built-in one's; for one `pipeline.build`.

    `failure` is the sentence that says why the reader had no account, None where it had one.
    """

    def __init__(self, reader: Reader) -> None:
        """Nothing is read yet."""
        self.reader = reader
        self.failure: str | None = None
        self._own: Account | None = None

    def read(self, case: Case) -> Account:
        """What the reader says. Raises NoAccount as it does."""
        self._own = case.built_in.read(case)
        try:
            return self.reader.read(case)
        except NoAccount as error:
            self.failure = str(error)
            raise

    def built_in(self, trip: Itinerary) -> Itinerary:
        """The built-in reader's journey, where `trip` is what was built with this reader."""
        assert self._own is not None, "nothing has been built with this reader"
        own = self._own
        visits = legs.second_look(own.visits)
        return replace(
            trip,
            traveller=own.traveller,
            travellers=own.travellers,
            visits=visits,
            legs=legs.join(visits),
            mentions=own.mentions,
            notes=own.notes,
        )
