from django.urls import path

from dure.apps.dashboards.views import lists, start

app_name = "dashboards"

urlpatterns = [
    path("", start.start, name="start"),
    path("desk/settle/<str:kind>/<int:pk>/", start.settle, name="settle"),
    path("desk/waiting.xlsx", lists.waiting_export, name="waiting_export"),
    path("desk/figures/<str:figure>/", lists.behind, name="behind"),
]
