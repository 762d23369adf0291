"""What stands between the web server and every page: how much may be sent, from where, how often."""

from dure.foundation.web._addresses import address_of
from dure.foundation.web._arrivals import WAITING, InTurn, arrived_at
from dure.foundation.web._bodies import BodyLimit, takes_files, takes_files_in_memory
from dure.foundation.web._language import LanguageOfAccount
from dure.foundation.web._once import SentOnce
from dure.foundation.web._plain import NoNul
from dure.foundation.web._uploads import FewUploads

__all__ = [
    "WAITING",
    "BodyLimit",
    "FewUploads",
    "InTurn",
    "LanguageOfAccount",
    "NoNul",
    "SentOnce",
    "address_of",
    "arrived_at",
    "takes_files",
    "takes_files_in_memory",
]
