"""The addresses of data products and transfers."""

from django.urls import path

from dure.apps.dataproducts.views import products, transfers

app_name = "dataproducts"
prefix = "data/"

urlpatterns = [
    path("", products.products, name="products"),
    path("new/", products.new, name="new"),
    path("<int:pk>/", products.product, name="product"),
    path("<int:pk>/versions/new/", products.version, name="version"),
    path("<int:pk>/withdraw/", products.withdraw, name="withdraw"),
    path("versions/<int:pk>/ask/", transfers.ask, name="ask"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/<int:pk>/", transfers.transfer, name="transfer"),
    path("transfers/<int:pk>/answer/", transfers.answer, name="answer"),
    path("transfers/<int:pk>/hand-over/", transfers.hand_over, name="hand_over"),
    path("transfers/<int:pk>/compare/", transfers.compare, name="compare"),
]
