"""The addresses of rooms."""

from django.urls import path

from dure.apps.rooms.views import bookings, rooms

app_name = "rooms"
prefix = "rooms/"

urlpatterns = [
    path("", rooms.rooms, name="rooms"),
    path("open/", rooms.open_room, name="open_room"),
    path("mark/", rooms.mark, name="mark"),
    path("<int:pk>/", rooms.room, name="room"),
    path("<int:pk>/enter/", rooms.enter, name="enter"),
    path("<int:pk>/uploads/", rooms.begin_upload, name="begin_upload"),
    path("<int:pk>/close/", rooms.close, name="close"),
    path("entries/<int:pk>/release/", rooms.release, name="release"),
    path("entries/<int:pk>/confirm/", rooms.confirm, name="confirm"),
    path("files/<int:pk>/open/", rooms.open_file, name="open_file"),
    path("bookings/", bookings.bookings, name="bookings"),
    path("bookings/new/", bookings.book, name="book"),
    path("bookings/<int:pk>/cancel/", bookings.cancel, name="cancel"),
]
