"""Agreements signed, what their parties promised, and what was paid, for figures.

Region and size are those of the lead; of money, those of who pays it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.agreements.models import (
    INSTRUMENTS,
    KINDS,
    ROLES,
    Agreement,
    Contribution,
    Instalment,
)
from dure.apps.agreements.queries import agreements_visible_to, leads
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.people.queries import traits_of_organisations
from dure.apps.programmes.queries import name_of
from dure.foundation.measures import (
    REGION,
    SIZE,
    Counted,
    Dimension,
    Measure,
    Record,
    Row,
    chosen,
    listed,
    offer_measure,
    opened,
    rows_from_history,
)

# What was signed stays signed, however it ended.
SIGNED = {AgreementStage.IN_FORCE, AgreementStage.COMPLETED, AgreementStage.TERMINATED}
PROGRAMME = Dimension("programme", _("Programme"), name_of)
MONEY = (
    listed("role", _("Role"), ROLES),
    listed("instrument", _("Form"), INSTRUMENTS),
    listed("kind", _("Kind"), KINDS),
    PROGRAMME,
    REGION,
    SIZE,
)


def _agreed() -> Iterator[Row]:
    traits, lead = traits_of_organisations(), leads()

    def counted(pk: int, stage: str, agreed_on: date | None, programme: str) -> Counted | None:
        if stage not in SIGNED or agreed_on is None:
            return None
        dimensions = {"programme": programme, "stage": stage, **traits.get(lead.get(pk, 0), {})}
        return Counted(agreed_on, agreed_on, dimensions)

    looked_at = ("pgh_obj_id", "stage", "agreed_on", "version__programme__slug")
    return rows_from_history(Agreement, looked_at, counted)


def _money(
    model: type[Contribution] | type[Instalment], day: str, *more: str
) -> Callable[[], Iterator[Row]]:
    """The rows of a table of money; `day` says since when it counts."""

    def rows() -> Iterator[Row]:
        traits = traits_of_organisations()

        def counted(
            on: date | None,
            agreement: int,
            amount: int,
            instrument: str,
            kind: str,
            role: str,
            payer: int | None,
            programme: str,
            stage: str = "",
        ) -> Counted | None:
            if on is None or stage not in {"", InstalmentStage.PAID}:
                return None
            dimensions = {
                "role": role,
                "instrument": instrument,
                "kind": kind,
                "programme": programme,
                **traits.get(payer or 0, {}),
            }
            return Counted(on, on, dimensions, amount, agreement, backdated=False)

        looked_at = (
            day,
            "agreement_id",
            "amount",
            "instrument",
            "kind",
            "payer__role",
            "payer__organisation_id",
            "agreement__version__programme__slug",
            *more,
        )
        return rows_from_history(model, looked_at, counted)

    return rows


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(
        agreements_visible_to(user),
        ids,
        lambda agreement: reverse("agreements:agreement", args=[agreement.pk]),
    )


offer_measure(
    Measure(
        "agreements",
        _("Agreements signed"),
        (PROGRAMME, chosen("stage", _("Status"), AgreementStage), REGION, SIZE),
        _agreed,
        _records,
    )
)
offer_measure(
    Measure(
        "money",
        _("Money promised in agreements"),
        MONEY,
        _money(Contribution, "agreement__agreed_on"),
        _records,
        unit="won",
    )
)
offer_measure(
    Measure(
        "payments",
        _("Money paid"),
        MONEY,
        _money(Instalment, "paid_on", "stage"),
        _records,
        unit="won",
    )
)
