"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_SIGNED_IN = "NOT_SIGNED_IN", _("Sign in first; the office answers you by name.")
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    NOT_AN_EXPERT = "NOT_AN_EXPERT", _("Only reviewers and officers give an opinion.")
    OWN_PROPOSAL = "OWN_PROPOSAL", _("You proposed it yourself; somebody else must judge it.")
    NOT_YOURS = "NOT_YOURS", _("Only who proposed it can take it back.")
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NAME_MISSING = "NAME_MISSING", _("Write the name in Korean.")
    TEXT_MISSING = "TEXT_MISSING", _("Say why, in a sentence.")
    REASON_MISSING = "REASON_MISSING", _("Say why, in a sentence; everybody can read it.")
    BRANCH_REMOVED = "BRANCH_REMOVED", _("This branch is no longer part of the roadmap.")
    NAME_TAKEN = "NAME_TAKEN", _("There is a branch of this name here already.")
    TOO_DEEP = "TOO_DEEP", _("Nothing stands below a branch of the last level.")
    HAS_BRANCHES = "HAS_BRANCHES", _("Branches stand below it; they go first.")
    NOTHING_TO_RELEASE = (
        "NOTHING_TO_RELEASE",
        _("No proposal has been taken up since the last one."),
    )
    SECOND_PERSON = (
        "SECOND_PERSON",
        _("You decided on one of these proposals; a second officer releases the revision."),
    )
