"""Whence a request comes."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# One household or office gets at least so much of the IPv6 space: its addresses count as one.
IPV6_PREFIX = 64


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks; of IPv6 only the network, as everybody has many there.

    With proxies in front (`DURE_PROXIES`) it is what the outermost of them saw. What stands further
    left in the header anybody can write, so it counts for nothing.
    """
    proxies = settings.DURE_PROXIES
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    is_seen = proxies and len(seen) >= proxies
    seen_address = seen[-proxies] if is_seen else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(seen_address)
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", ""))
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/{IPV6_PREFIX}", strict=False).network_address)
    return str(address)
