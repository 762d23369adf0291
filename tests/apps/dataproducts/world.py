"""Transfers at each step, for the test of routes."""

from django.utils import timezone

from dure.apps.dataproducts.operations import answer, hand_over


def things(cast, world):
    now = timezone.now()
    product = cast.data_product()
    asked = cast.data_transfer(product)
    agreed = answer(
        transfer=cast.data_transfer(cast.data_product(title="둘째")), agrees=True,
        by=cast["supplier"], at=now,
    )  # fmt: skip
    given = answer(
        transfer=cast.data_transfer(cast.data_product(title="셋째")), agrees=True,
        by=cast["supplier"], at=now,
    )  # fmt: skip
    given = hand_over(transfer=given, how="sftp", by=cast["supplier"], at=now)
    return {
        "dataproducts:": product.pk,
        "dataproducts:ask": product.versions.get().pk,
        "dataproducts:transfer": asked.pk,
        "dataproducts:answer": asked.pk,
        "dataproducts:hand_over": agreed.pk,
        "dataproducts:compare": given.pk,
    }
