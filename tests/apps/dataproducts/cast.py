"""A data product of the cast, and a transfer of it."""

import hashlib

from django.utils import timezone

from dure.apps.dataproducts.models import DataProduct, Transfer
from dure.apps.dataproducts.operations import NewProduct, ask, offer, seal_version
from dure.values.fingerprints import Fingerprint
from tests.cast import Cast

FILES = {"rows.csv": b"a,b\n1,2\n", "columns.txt": b"a: temperature\n"}


def _fingerprints(files: dict[str, bytes]) -> list[Fingerprint]:
    return [
        Fingerprint(name, hashlib.sha256(content).hexdigest()) for name, content in files.items()
    ]


def data_product(cast: Cast, **terms: object) -> DataProduct:
    """Data of the supplier with one sealed version."""
    given = {
        "title": "배기가스 온도 측정값", "description": "2년치 10분 간격", "sample": "a,b\n1,2",
        "price": 3_000_000, "licence": "INTERNAL",
    }  # fmt: skip
    now = timezone.now()
    product = offer(
        seller=cast.supplier, product=NewProduct(**given | terms), by=cast["supplier"], at=now
    )
    seal_version(product=product, files=_fingerprints(FILES), by=cast["supplier"], at=now)
    return product


def data_transfer(cast: Cast, product: DataProduct | None = None) -> Transfer:
    """That the buyer asked for it."""
    product = product or data_product(cast)
    return ask(
        version=product.versions.get(), buyer=cast.buyer, purpose="예지 정비", by=cast["manager"],
        at=timezone.now(),
    )  # fmt: skip
