"""Data products of the demonstration: one that a buyer received as it was sealed, one under way."""

import hashlib
import tomllib
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.dataproducts import operations
from dure.apps.dataproducts.models import DataProduct
from dure.apps.dataproducts.operations import NewProduct
from dure.apps.people.models import DEMAND_KINDS, Organisation, OrganisationKind, User
from dure.apps.people.queries import managers_of
from dure.foundation.demo import Demonstration, demonstrates
from dure.values.fingerprints import Fingerprint


@demonstrates("dataproducts")
def load(demonstration: Demonstration) -> None:
    """Offer the data of a small firm to a large one, unless there is some."""
    if DataProduct.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "data.toml").read_text(encoding="utf-8"))
    seller, buyer = _first((OrganisationKind.SME,)), _first(DEMAND_KINDS)
    if seller is None or buyer is None:
        return
    for values in script["products"]:
        at = timezone.now() - timedelta(days=values["days_ago"])
        with pghistory.context(user=seller[1].pk):
            _play(values, seller, buyer, at)
    demonstration.say(f"{len(script['products'])} data products, one received as it was sealed")


def _first(kinds: Any) -> tuple[Organisation, User] | None:
    firms = Organisation.objects.filter(
        kind__in=kinds, verified_at__isnull=False, memberships__role="MANAGER"
    )
    for firm in firms.distinct().order_by("pk"):
        if manager := managers_of(firm).first():
            return firm, manager
    return None


def _play(values: dict[str, Any], seller: Any, buyer: Any, at: datetime) -> None:
    (firm, by), (asking, asker) = seller, buyer
    terms = ("title", "description", "sample", "price", "licence")
    product = operations.offer(
        seller=firm, product=NewProduct(**{name: values[name] for name in terms}), by=by, at=at
    )
    files = [
        Fingerprint(name, hashlib.sha256(name.encode()).hexdigest()) for name in values["files"]
    ]
    version = operations.seal_version(product=product, files=files, by=by, at=at)
    asked = operations.ask(
        version=version,
        buyer=asking,
        purpose=values["purpose"],
        by=asker,
        at=at + timedelta(days=1),
    )
    if "how" not in values:
        return
    agreed = operations.answer(transfer=asked, agrees=True, by=by, at=at + timedelta(days=2))
    given = operations.hand_over(
        transfer=agreed, how=values["how"], by=by, at=at + timedelta(days=3)
    )
    operations.compare_received(transfer=given, received=files, by=asker, at=at + timedelta(days=4))
