"""What people are told of data products."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.dataproducts.stages import TransferStage
from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("DATA_MOVED", gettext_lazy("Data trade"), icon="file")
def transfer_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("title", "organisation")}
    match facts.get("stage"):
        case TransferStage.ASKED:
            return _("%(organisation)s asks for your data: “%(title)s”.") % words
        case TransferStage.HANDED_OVER:
            return _("%(organisation)s handed over “%(title)s”. Compare what you received.") % words
        case TransferStage.RECEIVED:
            return _("%(organisation)s received “%(title)s” as it was sealed.") % words
        case TransferStage.DIFFERS:
            return _("%(organisation)s says that “%(title)s” is not what was sealed.") % words
    return _("%(organisation)s answered your request for “%(title)s”.") % words
