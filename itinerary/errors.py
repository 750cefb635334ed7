"""What can go wrong, and whose fault it is.

::

    ItineraryError                 everything this package raises on purpose
    ├── InputError                 the user's text, file, date or option can't be used
    │   ├── UnreadableText         no text can be read out of the bytes
    │   └── UnknownFormat          no exporter or reader for this file ending
    ├── OutputError                a file can't be written where the user asked
    └── SetupError                 the installation lacks something (model, gazetteer, browser)
        ├── ModelMissing           the language model is not installed
        └── GazetteerUnusable      the gazetteer can't be built, opened or trusted

Every message is one sentence or two: what happened, with the value, and what to do next.
"""


class ItineraryError(Exception):
    """Anything that this package raises on purpose; its text is fit to be shown to a user."""


class InputError(ItineraryError):
    """The text, file, date or option given can't be used."""


class UnreadableText(InputError):
    """The bytes given hold no readable text."""


class UnknownFormat(InputError):
    """No reader or exporter knows this file ending."""


class OutputError(ItineraryError):
    """A file can't be written where it was asked for; nothing half-written is left there."""


class SetupError(ItineraryError):
    """The installation lacks something that the message names."""


class ModelMissing(SetupError):
    """The language model is not installed."""


class GazetteerUnusable(SetupError):
    """The gazetteer can't be built, opened or trusted."""
