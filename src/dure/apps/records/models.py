"""Non-disclosure agreements (비밀유지협약)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation, User
from dure.apps.records.stages import NdaStage
from dure.foundation.history import track


@track()
class Nda(models.Model):
    """One organisation opens material to named people of another, for a purpose and a time.

    What both sides sign is kept as it was (`terms`: for each language the clauses with title and
    text), whatever becomes of the standard text later. It is in force from the second signature
    until `ends_at`, unless one side ends it.
    """

    giver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ndas_given", verbose_name=_("Discloses")
    )
    taker = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ndas_taken", verbose_name=_("Receives")
    )
    material = models.CharField(_("Material"), max_length=300)
    material_url = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(_("Purpose"))
    terms = models.JSONField(_("Terms"))
    ends_at = models.DateTimeField(_("In force until"))
    return_on = models.DateField(_("Return or destroy by"))
    stage = models.CharField(_("Status"), max_length=20, choices=NdaStage, default=NdaStage.ASKED)
    asked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Signed for the receiver by")
    )
    asked_at = models.DateTimeField(_("Signed for the receiver"))
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Answered by")
    )
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Ended by")
    )
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    because = models.TextField(_("Reason"), blank=True)

    class Meta:
        verbose_name = _("non-disclosure agreement")
        indexes = [
            models.Index(fields=["giver", "stage"], name="nda_of_giver"),
            models.Index(fields=["taker", "stage"], name="nda_of_taker"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="nda_between_two"),
            models.CheckConstraint(
                condition=~Q(stage__in=[NdaStage.SIGNED, NdaStage.ENDED])
                | Q(answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answered_by=F("asked_by")),
                name="nda_signed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(stage=NdaStage.ENDED)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="nda_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.material

    def in_language(self, language: str | None) -> list[dict[str, Any]]:
        """The clauses in a language where they were kept in it, else in Korean."""
        return self.terms.get(language or "") or self.terms["ko"]


@track()
class NamedPerson(models.Model):
    """Somebody of the receiver who may read the material; name and e-mail as they were signed."""

    nda = models.ForeignKey(Nda, models.CASCADE, related_name="people")
    user = models.ForeignKey(User, models.PROTECT, related_name="named_in")
    name = models.CharField(_("Name"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail"))

    class Meta:
        verbose_name = _("named person")
        constraints = [models.UniqueConstraint(fields=["nda", "user"], name="one_naming_each_nda")]

    def __str__(self) -> str:
        return self.name or self.email
