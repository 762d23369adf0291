"""Everything that changes applications."""

from dure.apps.applications.operations.admitting import (
    confirm_admission,
    drop_admission,
    propose_admission,
)
from dure.apps.applications.operations.copying import copy_from
from dure.apps.applications.operations.drafting import (
    name_leader,
    save_part,
    start,
    start_from,
)
from dure.apps.applications.operations.files import (
    attach,
    attach_from_box,
    detach,
    keep_later,
    read_file,
)
from dure.apps.applications.operations.helping import end_help, let_help, note_look
from dure.apps.applications.operations.members import (
    answer_invitation,
    confirm_part,
    drop_member,
    invite,
    leave,
)
from dure.apps.applications.operations.opening import (
    confirm_opening,
    drop_opening,
    open_due,
    request_opening,
)
from dure.apps.applications.operations.plans import take_plan
from dure.apps.applications.operations.recommending import recommend
from dure.apps.applications.operations.submitting import (
    file,
    submit,
    take_back_filing,
    withdraw,
)

__all__ = [
    "answer_invitation",
    "attach",
    "attach_from_box",
    "confirm_admission",
    "confirm_opening",
    "confirm_part",
    "copy_from",
    "detach",
    "drop_admission",
    "drop_member",
    "drop_opening",
    "end_help",
    "file",
    "invite",
    "keep_later",
    "leave",
    "let_help",
    "name_leader",
    "note_look",
    "open_due",
    "propose_admission",
    "read_file",
    "recommend",
    "request_opening",
    "save_part",
    "start",
    "start_from",
    "submit",
    "take_back_filing",
    "take_plan",
    "withdraw",
]
