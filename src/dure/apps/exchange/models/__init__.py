"""International exchange (G-TEP): partners, meetings, consultations, what came of them, in two languages."""

from dure.apps.exchange.models.accords import Accord, FollowUp, Rate
from dure.apps.exchange.models.contacts import Contact, HelpRequest, Message
from dure.apps.exchange.models.listings import Listing, TextPair
from dure.apps.exchange.models.meetings import Delegation, ExchangeMeeting, Part
from dure.apps.exchange.models.partners import Abroad, Partner, PartnerPlan
from dure.apps.exchange.models.talks import Interpreter, Talk

__all__ = [
    "Abroad",
    "Accord",
    "Contact",
    "Delegation",
    "ExchangeMeeting",
    "FollowUp",
    "HelpRequest",
    "Interpreter",
    "Listing",
    "Message",
    "Part",
    "Partner",
    "PartnerPlan",
    "Rate",
    "Talk",
    "TextPair",
]
