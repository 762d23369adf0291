"""What people are told of selections; never a name of another applicant, never a mark."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind
from dure.apps.selection.kinds import Touched


@notice_kind("REVIEWER_INVITED", gettext_lazy("Invitation to review"), icon="check")
def reviewer_invited(facts: Facts) -> str:
    return _("You are invited to the pool of reviewers. Say what you know, or decline.")


@notice_kind("PANEL_ASKED", gettext_lazy("Asked onto a panel"), icon="check")
def panel_asked(facts: Facts) -> str:
    return _("You are asked onto a panel for “%(call)s”; sheets until %(until)s.") % _words(facts)


@notice_kind("PANEL_CONSENSUS", gettext_lazy("Consensus of a panel"), icon="information")
def panel_consensus(facts: Facts) -> str:
    return _("Every sheet of your panel for “%(call)s” is in: differences can be talked about.") % (
        _words(facts)
    )


@notice_kind("PANEL_MINUTES", gettext_lazy("Minutes to confirm"), icon="check")
def panel_minutes(facts: Facts) -> str:
    return _("The minutes of your panel for “%(call)s” wait for your confirmation.") % (
        _words(facts)
    )


@notice_kind("ITEM_INCOMPLETE", gettext_lazy("Something is missing"), icon="warning")
def item_incomplete(facts: Facts) -> str:
    return _("Application %(number)s is not complete; hand in until %(until)s: %(missing)s") % (
        _words(facts)
    )


@notice_kind("ITEM_SUPPLEMENTED", gettext_lazy("Missing papers handed in"), icon="check")
def item_supplemented(facts: Facts) -> str:
    return _("What was missing of application %(number)s was handed in. Check it anew.") % (
        _words(facts)
    )


@notice_kind("ITEM_EXCLUDED", gettext_lazy("Application excluded"), icon="error")
def item_excluded(facts: Facts) -> str:
    return _("Application %(number)s is excluded: %(missing)s") % _words(facts)


@notice_kind("CONFLICT_REOPENED", gettext_lazy("Conflict known later"), icon="warning")
def conflict_reopened(facts: Facts) -> str:
    message = _("%(reviewer)s is in conflict of interest with application %(number)s.") % {
        "reviewer": facts.get("reviewer", ""), "number": facts.get("number", ""),
    }  # fmt: skip
    return " ".join(
        [message, *(str(Touched(touched).label) for touched in facts.get("touched", ()))]
    )


@notice_kind("ITEM_MOVED", gettext_lazy("Application for your panel"), icon="check")
def item_moved(facts: Facts) -> str:
    return _(
        "Your panel for “%(call)s” judges application %(number)s too; sheets until %(until)s."
    ) % _words(facts)


@notice_kind("ITEMS_GIVEN", gettext_lazy("Applications to judge"), icon="check")
def items_given(facts: Facts) -> str:
    return _("You are asked to judge more applications for “%(call)s”; sheets until %(until)s.") % (
        _words(facts)
    )


@notice_kind("RENEWAL_PROPOSED", gettext_lazy("New ranking to decide"), icon="check")
def renewal_proposed(facts: Facts) -> str:
    return _("The ranking of “%(call)s” was made anew and waits for a second person.") % (
        _words(facts)
    )


@notice_kind("REVIEWER_ABSENT", gettext_lazy("A member will be away"), icon="warning")
def reviewer_absent(facts: Facts) -> str:
    return _("%(reviewer)s is away while a panel for “%(call)s” scores. Replace this member.") % {
        "reviewer": facts.get("reviewer", ""), "call": facts.get("call", ""),
    }  # fmt: skip


@notice_kind("SELECTION_PROPOSED", gettext_lazy("Selection to decide"), icon="check")
def selection_proposed(facts: Facts) -> str:
    return _("The selection of “%(call)s” waits for a second person.") % _words(facts)


@notice_kind("SELECTION_RESULT", gettext_lazy("Result of the selection"), icon="information")
def selection_result(facts: Facts) -> str:
    return _(
        "The result of application %(number)s to “%(call)s” is there. Objections until %(until)s."
    ) % _words(facts)


@notice_kind("SELECTION_REVOKED", gettext_lazy("Result taken back"), icon="warning")
def selection_revoked(facts: Facts) -> str:
    return _(
        "The result of application %(number)s to “%(call)s” was taken back: %(reason)s Objections until"
        " %(until)s."
    ) % _words(facts)


@notice_kind("OBJECTION_RECEIVED", gettext_lazy("Objection"), icon="warning")
def objection_received(facts: Facts) -> str:
    return _("An objection to the result of application %(number)s was received.") % _words(facts)


@notice_kind("OBJECTION_VOTE", gettext_lazy("Objection to vote on"), icon="check")
def objection_vote(facts: Facts) -> str:
    return _("You are asked to hear an objection to a result of “%(call)s”.") % _words(facts)


@notice_kind("OBJECTION_SETTLED", gettext_lazy("Answer to an objection"), icon="information")
def objection_settled(facts: Facts) -> str:
    return _("Your objection to the result of application %(number)s has its answer.") % (
        _words(facts)
    )


@notice_kind("SHEETS_REMINDED", gettext_lazy("Sheets to hand in"), icon="warning")
def sheets_reminded(facts: Facts) -> str:
    return _("Your panel for “%(call)s” waits for sheets of yours, until %(until)s.") % (
        _words(facts)
    )


@notice_kind("SEAT_DECLINED", gettext_lazy("A member cannot come"), icon="warning")
def seat_declined(facts: Facts) -> str:
    return _("A member of a panel for “%(call)s” cannot take part: %(reason)s") % _words(facts)


@notice_kind("PANEL_DAY", gettext_lazy("Day of a panel"), icon="calendar")
def panel_day(facts: Facts) -> str:
    return _("Your panel for “%(call)s” meets at %(until)s: %(place)s") % _words(facts)


@notice_kind("PRESENTATION", gettext_lazy("Time of your presentation"), icon="calendar")
def presentation(facts: Facts) -> str:
    return _("You present application %(number)s at %(until)s: %(place)s") % _words(facts)


@notice_kind("VISIT_PLANNED", gettext_lazy("Site visit"), icon="calendar")
def visit_planned(facts: Facts) -> str:
    return _("Application %(number)s is visited at %(until)s: %(place)s") % _words(facts)


@notice_kind("CLARIFICATION_ASKED", gettext_lazy("Question of a reviewer"), icon="information")
def clarification_asked(facts: Facts) -> str:
    return _(
        "A reviewer has a question to the applicant of %(number)s. Pass it on or say why not."
    ) % (_words(facts))


@notice_kind("CLARIFICATION_PASSED_ON", gettext_lazy("Question to you"), icon="information")
def clarification_passed_on(facts: Facts) -> str:
    return _("The panel has a question about application %(number)s: %(missing)s") % _words(facts)


@notice_kind("CLARIFICATION_ANSWERED", gettext_lazy("Answer of an applicant"), icon="information")
def clarification_answered(facts: Facts) -> str:
    return _("A question about application %(number)s has its answer.") % _words(facts)


@notice_kind("OWNER_READS", gettext_lazy("Applications to your challenge"), icon="check")
def owner_reads(facts: Facts) -> str:
    return _(
        "The applications to your challenge in “%(call)s” are open. Say what you think of them."
    ) % (_words(facts))


def _words(facts: Facts) -> Facts:
    return {
        name: facts.get(name, "")
        for name in ("call", "number", "until", "missing", "place", "reason")
    }
