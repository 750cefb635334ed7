"""The nouns of the project and what must always hold of them.

Degrees are WGS 84, latitude first; distances kilometres; dates calendar days; spans half-open character offsets into the text
as the user gave it. Unknown is None. Each class refuses to exist when wrong, with the bad value in the message.
"""

from itinerary.model.journey import LONGEST_GEODESIC_KM, Itinerary, Leg, Mention, Status, Visit, Why
from itinerary.model.naming import Candidate, Form, Resolution, Toponym
from itinerary.model.places import Coordinate, Kind, Match, Place
from itinerary.model.text import Document, Span
from itinerary.model.time import DateMention, Day, Precision, TimeSpan, days_in_month

__all__ = [
    "LONGEST_GEODESIC_KM",
    "Candidate",
    "Coordinate",
    "DateMention",
    "Day",
    "Document",
    "Form",
    "Itinerary",
    "Kind",
    "Leg",
    "Match",
    "Mention",
    "Place",
    "Precision",
    "Resolution",
    "Span",
    "Status",
    "TimeSpan",
    "Toponym",
    "Visit",
    "Why",
    "days_in_month",
]
