"""The addresses of agreements."""

from django.urls import path

from dure.apps.ndas.views import agreements, changes, demands

app_name = "ndas"

urlpatterns = [
    path("ndas/", agreements.ndas, name="ndas"),
    path("ndas/<int:pk>/", agreements.nda, name="nda"),
    path("ndas/<int:pk>/move/", agreements.nda_move, name="nda_move"),
    path("ndas/<int:pk>/return/", agreements.nda_return, name="nda_return"),
    path("ndas/<int:pk>/paper/", agreements.nda_paper, name="nda_paper"),
    path("ndas/<int:pk>/signed/", agreements.signed_paper, name="signed_paper"),
    path("ndas/<int:pk>/doubt/", demands.doubt, name="doubt"),
    path("ndas/<int:pk>/counter/", changes.counter, name="counter"),
    path("ndas/drafts/<int:pk>/answer/", changes.draft_answer, name="draft_answer"),
    path("ndas/<int:pk>/staff/", changes.staff_notice, name="staff_notice"),
    path("ndas/staff/<int:pk>/answer/", changes.staff_notice_answer, name="staff_notice_answer"),
    path("ndas/staff/<int:pk>/paper/", changes.staff_notice_paper, name="staff_notice_paper"),
    path("ndas/doubts/<int:pk>/answer/", demands.doubt_answer, name="doubt_answer"),
    path("ndas/sheets/", demands.sheets, name="sheets"),
    path("ndas/sheets/new/", demands.sheet_new, name="sheet_new"),
    path("ndas/sheets/<int:pk>/", demands.sheet, name="sheet"),
    path("ndas/sheets/<int:pk>/move/", demands.sheet_move, name="sheet_move"),
    path("ndas/sheets/<int:pk>/agreement/", demands.sheet_agreement, name="sheet_agreement"),
    path("ndas/exchanges/", demands.exchanges, name="exchanges"),
    path("ndas/exchanges/new/", demands.exchange_new, name="exchange_new"),
]
