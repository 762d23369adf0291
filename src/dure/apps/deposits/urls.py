"""The addresses of technology deposits."""

from django.urls import path

from dure.apps.deposits.views import deposits, keys, releases

app_name = "deposits"
prefix = "deposits/"

urlpatterns = [
    path("", deposits.deposit_list, name="list"),
    path("new/", deposits.new, name="new"),
    path("uploads/", deposits.begin_upload, name="begin_upload"),
    path("<int:pk>/", deposits.deposit, name="deposit"),
    path("<int:pk>/certificate/", deposits.certificate, name="certificate"),
    path("<int:pk>/accept/", deposits.accept, name="accept"),
    path("<int:pk>/send-back/", deposits.send_back, name="send_back"),
    path("<int:pk>/renew/", deposits.renew, name="renew"),
    path("<int:pk>/withdraw/", deposits.withdraw, name="withdraw"),
    path("<int:pk>/release/", releases.ask, name="ask_release"),
    path("files/<int:pk>/open/", deposits.open_file, name="open_file"),
    path("terms/<int:pk>/paid/", deposits.paid, name="paid"),
    path("keys/", keys.keys, name="keys"),
    path("keys/organisations/<int:pk>/", keys.new_key, name="new_key"),
    path("keys/officer/", keys.new_officer_key, name="new_officer_key"),
    path("keys/hand-over/", keys.hand_over, name="hand_over"),
    path("keys/<int:pk>/change/", keys.change_key, name="change_key"),
    path("keys/<int:pk>/secret/", keys.secret, name="secret"),
    path("releases/<int:pk>/", releases.release, name="release"),
    path("releases/<int:pk>/grant/", releases.grant, name="grant"),
    path("releases/<int:pk>/refuse/", releases.refuse, name="refuse"),
    path("releases/<int:pk>/object/", releases.object_to, name="object"),
    path("releases/<int:pk>/take-back/", releases.take_back, name="take_back"),
    path("released/<int:pk>/open/", releases.open_released, name="open_released"),
]
