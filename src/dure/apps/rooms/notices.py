"""What people are told of their rooms."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("ROOM_MOVED", gettext_lazy("Room"), icon="lock")
def room_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("title", "organisation")}
    match facts.get("what"):
        case "OPENED":
            return _("%(organisation)s opened a room on “%(title)s” with you.") % words
        case "CONFIRMED":
            return _("%(organisation)s confirmed what you noted in “%(title)s”.") % words
        case "CLOSED":
            return _("%(organisation)s closed the room on “%(title)s”.") % words
        case "HAND_OVER":
            return _("%(organisation)s handed material over in “%(title)s”.") % words
        case "REQUEST":
            return _("%(organisation)s asks for material in “%(title)s”.") % words
        case "MINUTES":
            return _("%(organisation)s wrote minutes in “%(title)s”. Confirm them.") % words
    return _("%(organisation)s entered something in “%(title)s”.") % words
