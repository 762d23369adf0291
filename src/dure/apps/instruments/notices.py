"""What people are told of funds, savings, vouchers and steps."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("scheme", "won", "title", "what", "until", "reason")


@notice_kind("FUND_PAID", gettext_lazy("Drawdown from a fund"), icon="information")
def fund_paid(facts: Facts) -> str:
    return _("%(won)s won of “%(scheme)s” went to “%(title)s”.") % _words(facts)


@notice_kind("VOUCHER_ISSUED", gettext_lazy("Voucher issued"), icon="check")
def voucher_issued(facts: Facts) -> str:
    return _("A voucher of %(won)s won of “%(scheme)s” is yours until %(until)s.") % _words(facts)


@notice_kind("VOUCHER_USED", gettext_lazy("Use of a voucher to confirm"), icon="edit")
def voucher_used(facts: Facts) -> str:
    return _("Confirm the use of your voucher: %(what)s, %(won)s won.") % _words(facts)


@notice_kind("VOUCHER_USE_REFUSED", gettext_lazy("Use of a voucher not confirmed"), icon="warning")
def voucher_use_refused(facts: Facts) -> str:
    return _("The firm did not confirm %(what)s, %(won)s won: %(reason)s") % _words(facts)


@notice_kind("STEP_CONFIRMED", gettext_lazy("Step confirmed"), icon="check")
def step_confirmed(facts: Facts) -> str:
    return _("“%(scheme)s”: %(what)s is confirmed.") % _words(facts)


@notice_kind("SAVINGS_ENDED", gettext_lazy("Savings paid out"), icon="check")
def savings_ended(facts: Facts) -> str:
    return _("Your savings of “%(scheme)s” are paid out: %(won)s won.") % _words(facts)


def _words(facts: Facts) -> Facts:
    return {name: facts.get(name, "") for name in WORDS}
