"""Who may do what with agreements, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.catalog.models import Visibility
from dure.apps.ndas import permissions, queries
from dure.apps.ndas.models import CounterDraft, SecrecyDoubt, StaffNotice
from dure.apps.ndas.operations import register_exchange
from dure.apps.ndas.stages import NdaStage, SheetStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    nda = cast.nda(cast.need(visibility=Visibility.TEASER))
    over = cast.nda(cast.need(title="지난 것", visibility=Visibility.TEASER))
    over.stage = NdaStage.ENDED
    live = cast.nda(cast.need(title="도는 것", visibility=Visibility.TEASER))
    live.stage = NdaStage.SIGNED
    doubt = SecrecyDoubt.objects.create(
        nda=live,
        text="공개된 규격",
        answer_by=NOON.date(),
        created_by=cast["supplier"],
        created_at=NOON,
    )
    given = cast.request_sheet()
    agreed = cast.request_sheet()
    agreed.stage = SheetStage.AGREED
    register_exchange(
        disclosing_party=cast.supplier, receiving_party=cast.buyer, material="성적서", way="MAIL",
        handed_on=NOON.date(), by=cast["supplier"], at=NOON,
    )  # fmt: skip
    countered = cast.nda(cast.need(title="다른 문구", visibility=Visibility.TEASER))
    draft = CounterDraft.objects.create(
        nda=countered, side=cast.supplier, before=countered.terms, terms=countered.terms,
        created_by=cast["supplier"], created_at=NOON,
    )  # fmt: skip
    notice = StaffNotice.objects.create(
        nda=cast.nda(cast.need(title="명단", visibility=Visibility.TEASER)), reason="담당 변경",
        created_by=cast["supplier"], created_at=NOON,
    )  # fmt: skip
    notice.nda.stage = NdaStage.SIGNED
    return {
        "may_read_ndas": permissions.may_read_ndas,
        "may_ask: the supplier the buyer": lambda user: permissions.may_ask(
            user, cast.buyer, cast.supplier
        ),
        "may_move: to signed": lambda user: permissions.may_move(user, nda, NdaStage.SIGNED, NOON),
        "may_move: to withdrawn": lambda user: permissions.may_move(
            user, nda, NdaStage.WITHDRAWN, NOON
        ),
        "may_confirm_return: of one that runs": lambda user: permissions.may_confirm_return(
            user, nda, NOON
        ),
        "may_confirm_return: of one that ended": lambda user: permissions.may_confirm_return(
            user, over, NOON
        ),
        "may_give_sheet: the buyer the supplier": lambda user: permissions.may_give_sheet(
            user, cast.buyer, cast.supplier
        ),
        "may_answer_sheet: agree": lambda user: permissions.may_answer_sheet(
            user, given, SheetStage.AGREED
        ),
        "may_answer_sheet: take back": lambda user: permissions.may_answer_sheet(
            user, given, SheetStage.TAKEN_BACK
        ),
        "may_ask_for_agreement: not agreed": lambda user: permissions.may_ask_for_agreement(
            user, given
        ),
        "may_ask_for_agreement: agreed": lambda user: permissions.may_ask_for_agreement(
            user, agreed
        ),
        "may_register_exchange": lambda user: permissions.may_register_exchange(
            user, cast.supplier, cast.buyer
        ),
        "may_raise_doubt: of one that runs": lambda user: permissions.may_raise_doubt(
            user, live, NOON
        ),
        "may_answer_doubt": lambda user: permissions.may_answer_doubt(user, doubt),
        "may_watch": permissions.may_watch,
        "may_hand_over: the supplier the buyer a secret": lambda user: permissions.may_hand_over(
            user, cast.supplier, cast.buyer, is_secret=True, at=NOON
        ),
        "may_hand_over: the supplier the buyer a brochure": lambda user: permissions.may_hand_over(
            user, cast.supplier, cast.buyer, is_secret=False, at=NOON
        ),
        "may_counter: while it is to be signed": lambda user: permissions.may_counter(
            user, nda, NOON
        ),
        "may_counter: the supplier waits for an answer": lambda user: permissions.may_counter(
            user, countered, NOON
        ),
        "may_answer_draft: of the supplier": lambda user: permissions.may_answer_draft(
            user, draft, NOON
        ),
        "may_give_staff_notice: of one that runs": lambda user: permissions.may_give_staff_notice(
            user, live, NOON
        ),
        "may_answer_staff_notice": lambda user: permissions.may_answer_staff_notice(
            user, notice, NOON
        ),
        "drafts_visible_to": queries.drafts_visible_to,
        "staff_notices_visible_to": queries.staff_notices_visible_to,
        "sheets_visible_to": queries.sheets_visible_to,
        "exchanges_visible_to": queries.exchanges_visible_to,
        "doubts_visible_to": queries.doubts_visible_to,
        "ndas_visible_to: of the buyer and the supplier": queries.ndas_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
