from django.urls import path

from dure.apps.notices import views

app_name = "notices"
prefix = "notices/"

urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read/", views.mark_all_read, name="mark_all_read"),
    path("daily/", views.switch_digest, name="switch_digest"),
    path("<int:notice_id>/", views.open_notice, name="open"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
