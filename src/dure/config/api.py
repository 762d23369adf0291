"""The JSON API: one router from each app."""

from django.urls import path
from ninja import NinjaAPI

api = NinjaAPI(title="dure", version="1", docs_url=None, urls_namespace="api")
urlpatterns = [path("v1/", api.urls)]
