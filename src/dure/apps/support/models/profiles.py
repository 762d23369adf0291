"""Who can be proposed: universities, institutes, firms, experts and researchers."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation
from dure.apps.support.kinds import ProfileKind
from dure.foundation.history import track


@track(exclude=["email"])
class Profile(models.Model):
    """What a partner can do. `number` is its id in the list that it came with.

    `organisation` is set where the partner, or whom a person works for, is on the platform; `email`
    is how an expert is reached and known when signing in. `pool` is the id of a pool of experts.
    """

    kind = models.CharField(_("Kind"), max_length=12, choices=ProfileKind)
    number = models.CharField(_("Number in the list"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    affiliation = models.CharField(_("Belongs to"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="support_profiles",
        verbose_name=_("Organisation"),
    )  # fmt: skip
    email = models.EmailField(_("E-mail"), blank=True)
    pool = models.CharField(pgettext_lazy("experts", "Pool"), max_length=40, blank=True)
    region = models.CharField(_("Region"), max_length=20, blank=True)
    field = models.CharField(_("Field"), max_length=40, blank=True)
    keywords = models.JSONField(_("Keywords"), default=list, blank=True)
    text = models.TextField(_("What they can do"), max_length=5000, blank=True)
    is_open = models.BooleanField(_("Takes requests"), default=True)
    entered_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("profile of a partner")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["kind", "pool"], name="support_profile_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ProfileKind.EXPERT) | ~Q(pool=""),
                name="support_expert_in_a_pool",
            )
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    def get_absolute_url(self) -> str:
        """The partner's own page."""
        return reverse("support:profile", args=[self.pk])

    @property
    def is_person(self) -> bool:
        """True for experts and researchers."""
        return self.kind in (ProfileKind.EXPERT, ProfileKind.RESEARCHER)
