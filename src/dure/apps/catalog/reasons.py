"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_YOUR_ORGANISATION = (
        "NOT_YOUR_ORGANISATION",
        _("Only people of the organisation that owns this entry can do this."),
    )
    JUDGED_ALREADY = (
        "JUDGED_ALREADY",
        _("Somebody has judged this pair meanwhile. Look at what they said."),
    )
    NOTHING_JUDGED = (
        "NOTHING_JUDGED",
        _("There is nothing to take back: the pair is open, or was separated meanwhile."),
    )
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    SECOND_PERSON = (
        "SECOND_PERSON",
        _("Somebody other than the person who handed it in must publish it."),
    )
    STAGE_CLOSED = reasons.STAGE_CLOSED
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    INCOMPLETE = "INCOMPLETE", _("Title, description and field are needed before it is handed in.")
    REASON_MISSING = "REASON_MISSING", _("Say why, in a sentence; the owner will read it.")
    MERGE_INTO_ITSELF = "MERGE_INTO_ITSELF", _("A need cannot be merged into itself.")
    MERGE_TARGET_CLOSED = (
        "MERGE_TARGET_CLOSED",
        _("The need to merge into must be under review or published."),
    )
    CHANGED_MEANWHILE = (
        "CHANGED_MEANWHILE",
        _("Somebody changed this entry while you were writing. Look at their version first."),
    )
    UNDO_TOO_LATE = (
        "UNDO_TOO_LATE",
        _("Publishing can be undone for ten minutes, by the person who published."),
    )
    UNDER_NDA = "UNDER_NDA", _("The details open under a non-disclosure agreement.")
    NOTHING_CLOSED = "NOTHING_CLOSED", _("You can read everything about this entry already.")
    NOT_A_MANAGER = (
        "NOT_A_MANAGER",
        _("A manager of your organisation asks for the details, for they sign for it."),
    )
    SHEET_FIRST = (
        "SHEET_FIRST",
        _(
            "The owner keeps these details secret: a buyer asks for them in writing first, with a request"
            " sheet; the agreement on secrecy is made from it."
        ),
    )
    NO_SHEET_NEEDED = (
        "NO_SHEET_NEEDED",
        _("No request sheet is needed for these details; ask for an agreement on secrecy."),
    )
    ASKED_ALREADY = (
        "ASKED_ALREADY",
        _("Your organisation has asked for these details already."),
    )
    NOTHING_TO_IMPORT_FOR = (
        "NOTHING_TO_IMPORT_FOR",
        _("Join your organisation first; then you can import for it."),
    )
    NAME_MISSING = "NAME_MISSING", _("Give the search a name, so that you find it again.")
    NAME_TAKEN = "NAME_TAKEN", _("You have a saved search of this name already.")
    TOO_MANY_SEARCHES = (
        "TOO_MANY_SEARCHES",
        _("You have saved as many searches as one can. Delete one first."),
    )
    UNKNOWN_KIND = "UNKNOWN_KIND", _("Needs, technologies or organisations can be imported.")
    CHANGED_DURING_IMPORT = (
        "CHANGED_DURING_IMPORT",
        _(
            "Somebody changed the same entries while the import ran. Nothing was saved; start again."
        ),
    )
    DOCUMENT_DAMAGED = (
        "DOCUMENT_DAMAGED",
        _("The document could not be read. Save it again as .hwpx in Hangul and upload it."),
    )
    DOCUMENT_LOCKED = (
        "DOCUMENT_LOCKED",
        _(
            "A password or a document-security program locks this document. Upload an unlocked copy."
        ),
    )
    DOCUMENT_OTHER_KIND = (
        "DOCUMENT_OTHER_KIND",
        _("Only .hwpx and .hwp documents can be read. Save the document as .hwpx."),
    )
    DOCUMENT_TOO_LARGE = (
        "DOCUMENT_TOO_LARGE",
        _("The document is too large to be read. Leave only the request for proposals in it."),
    )
    NO_TECHNOLOGY_FOUND = (
        "NO_TECHNOLOGY_FOUND",
        _("No description of a technology was found in this document."),
    )
    NO_REQUEST_FOUND = (
        "NO_REQUEST_FOUND",
        _("No request for proposals was found in this document."),
    )


@problem_kinds
class EntryProblem(TextChoices):
    """What can be wrong with the entry of a row."""

    CLOSED_ENTRY = (
        "CLOSED_ENTRY",
        _("The entry with this id is closed or merged and cannot be changed."),
    )
    UNKNOWN_BRANCH = (
        "UNKNOWN_BRANCH",
        _("No roadmap has this branch, or several have: write its address, for example sme:SF-09."),
    )
