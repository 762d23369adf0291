"""What stands between the web server and every page: how much may be sent, from where, how often."""

from dure.foundation.web._addresses import address_of
from dure.foundation.web._bodies import BodyLimit, takes_files
from dure.foundation.web._once import SentOnce
from dure.foundation.web._plain import NoNul

__all__ = ["BodyLimit", "NoNul", "SentOnce", "address_of", "takes_files"]
