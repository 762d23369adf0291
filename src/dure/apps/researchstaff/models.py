"""Applications of researchers: kept apart from history, and erased when they are no longer needed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.people.models import Organisation, User
from dure.apps.researchstaff.kinds import Degree, Level, Wish
from dure.apps.support.models import Candidate, Profile
from dure.foundation.history import untracked

_ERASED = "Personal data that is erased when it is withdrawn or its term is over; no history."


@untracked(_ERASED)
class Application(models.Model):
    """What a researcher says of themselves. Firms read `profile` under a number; name and telephone
    stand only here, and a firm reads them once the researcher consented to this firm.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="research_application")
    profile = models.OneToOneField(Profile, models.PROTECT, related_name="+")
    level = models.CharField(pgettext_lazy("researcher", "Level"), max_length=8, choices=Level)
    degree = models.CharField(_("Highest degree"), max_length=8, choices=Degree)
    wish = models.CharField(_("How you would like to work"), max_length=8, choices=Wish)
    name = models.CharField(_("Name"), max_length=100)
    telephone = models.CharField(_("Telephone"), max_length=40, blank=True)
    free_from = models.DateField(_("Free from"))
    agreed_at = models.DateTimeField(_("Agreed to keeping and matching"))
    keep_until = models.DateField(pgettext_lazy("researcher", "Kept until"))
    reminded_of = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("application of a researcher")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.profile.number


@untracked(_ERASED)
class Consent(models.Model):
    """That a firm may read a researcher's name and contact, for one of its requests."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents")
    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    given_at = models.DateTimeField(pgettext_lazy("researcher", "Given"))

    class Meta:
        verbose_name = _("consent of a researcher to a firm")
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.application_id} {self.organisation_id}"
