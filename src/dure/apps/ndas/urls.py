"""The addresses of agreements."""

from django.urls import path

from dure.apps.ndas.views import agreements, demands

app_name = "ndas"

urlpatterns = [
    path("ndas/", agreements.ndas, name="ndas"),
    path("ndas/<int:pk>/", agreements.nda, name="nda"),
    path("ndas/<int:pk>/move/", agreements.nda_move, name="nda_move"),
    path("ndas/<int:pk>/return/", agreements.nda_return, name="nda_return"),
    path("ndas/<int:pk>/paper/", agreements.nda_paper, name="nda_paper"),
    path("ndas/<int:pk>/signed/", agreements.signed_paper, name="signed_paper"),
    path("ndas/<int:pk>/doubt/", demands.doubt, name="doubt"),
    path("ndas/doubts/<int:pk>/answer/", demands.doubt_answer, name="doubt_answer"),
    path("ndas/sheets/", demands.sheets, name="sheets"),
    path("ndas/sheets/new/", demands.sheet_new, name="sheet_new"),
    path("ndas/sheets/<int:pk>/", demands.sheet, name="sheet"),
    path("ndas/sheets/<int:pk>/move/", demands.sheet_move, name="sheet_move"),
    path("ndas/sheets/<int:pk>/agreement/", demands.sheet_agreement, name="sheet_agreement"),
    path("ndas/exchanges/", demands.exchanges, name="exchanges"),
    path("ndas/exchanges/new/", demands.exchange_new, name="exchange_new"),
]
