"""The addresses of agreements."""

from django.urls import path

from dure.apps.agreements.views import agreements as views
from dure.apps.agreements.views import (
    annexes,
    approving,
    changes,
    obligations,
    open_data,
    outside,
    planning,
)

app_name = "agreements"
prefix = "agreements/"

urlpatterns = [
    path("", views.agreement_list, name="list"),
    path("new/", views.new, name="new"),
    path("ocds.json", open_data.releases, name="releases"),
    path("package.zip", open_data.package, name="package"),
    path("payments/", views.payments, name="payments"),
    path("payments/order/", views.order, name="order"),
    path("payments/transfers/", views.transfers, name="transfers"),
    path("decisions/<int:pk>/", planning.take_over, name="take_over"),
    path("particulars/<int:pk>/", planning.particulars, name="particulars"),
    path("<int:pk>/plan/", planning.replan, name="replan"),
    path("<int:pk>/", views.agreement, name="agreement"),
    path("<int:pk>/text/", views.text, name="text"),
    path("texts/<int:pk>/", views.text_version, name="text_version"),
    path("<int:pk>/open/", views.open_for_signing, name="open"),
    path("<int:pk>/shown/", views.confirm_fact, name="confirm_fact"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/drop/", views.drop, name="drop"),
    path("<int:pk>/annexes/", annexes.add, name="add_annex"),
    path("annexes/<int:pk>/", annexes.annex, name="annex"),
    path("annexes/<int:pk>/remove/", annexes.remove, name="remove_annex"),
    path("<int:pk>/change/", changes.ask, name="change"),
    path("changes/<int:pk>/split/", changes.split, name="split"),
    path("changes/<int:pk>/answer/", changes.answer, name="answer"),
    path("changes/<int:pk>/extend/", changes.extend, name="extend"),
    path("changes/<int:pk>/withdraw/", changes.withdraw, name="withdraw"),
    path("obligations/<int:pk>/met/", obligations.meet, name="meet"),
    path("obligations/<int:pk>/exemption/", obligations.plead, name="plead"),
    path("obligations/<int:pk>/answer/", obligations.answer, name="answer_plea"),
    path("parties/<int:pk>/sign/", views.sign, name="sign"),
    path("parties/<int:pk>/upload/", views.upload, name="upload"),
    path("parties/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("approver/<int:pk>/", approving.approver, name="approver"),
    path("parties/<int:pk>/approve/", approving.approve, name="approve"),
    path("parties/<int:pk>/not-approved/", approving.refuse, name="refuse_approval"),
    path("<int:pk>/outside/", outside.hand_in, name="hand_in"),
    path("outside/<int:pk>/", outside.file, name="outside_file"),
    path("outside/<int:pk>/accept/<int:party>/", outside.accept, name="accept_file"),
    path("outside/<int:pk>/not-accepted/<int:party>/", outside.decline, name="decline_file"),
    path("outside/<int:pk>/withdraw/", outside.withdraw, name="withdraw_file"),
    path("instalments/<int:pk>/ask/", views.ask, name="ask"),
    path("instalments/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("instalments/<int:pk>/not-yet/", views.refuse_confirmation, name="refuse_confirmation"),
    path("instalments/<int:pk>/paid/", views.paid, name="paid"),
]
