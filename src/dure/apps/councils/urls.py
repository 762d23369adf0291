"""The addresses of councils."""

from django.urls import path

from dure.apps.councils.views import councils, meetings, models, proposing, votes

app_name = "councils"
prefix = "councils/"

urlpatterns = [
    path("", councils.council_list, name="councils"),
    path("seats/<int:pk>/end/", councils.seat_end, name="seat_end"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/move/", meetings.move, name="meeting_move"),
    path("meetings/<int:pk>/attendance/", meetings.attendance, name="attendance"),
    path("meetings/<int:pk>/attend/", meetings.attend, name="attend"),
    path("meetings/<int:pk>/items/new/", meetings.item_new, name="item_new"),
    path("meetings/<int:pk>/proxy/", meetings.proxy, name="proxy"),
    path("meetings/<int:pk>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<int:pk>/confirm/", meetings.confirm, name="confirm"),
    path("items/<int:pk>/papers/new/", meetings.paper_new, name="paper_new"),
    path("items/<int:pk>/interest/", meetings.interest, name="interest"),
    path("items/<int:pk>/vote/", votes.on_item, name="vote_on_item"),
    path("papers/<int:pk>/", meetings.paper, name="paper"),
    path("models/<int:pk>/", models.model, name="model"),
    path("models/<int:pk>/undertake/", models.undertake, name="undertake"),
    path("models/<int:pk>/changes/<int:number>/", models.changes, name="changes"),
    path("models/<int:pk>/comment/<slug:section>/", models.comment, name="comment"),
    path("models/<int:pk>/write/", proposing.write, name="write"),
    path("models/<int:pk>/move/", proposing.move, name="model_move"),
    path("models/<int:pk>/open-up/", proposing.open_up, name="open_up"),
    path("models/<int:pk>/opinions/new/", models.ask, name="ask"),
    path("models/<int:pk>/experts/new/", models.expert, name="expert"),
    path("models/<int:pk>/conditions/", models.conditions, name="conditions"),
    path("models/<int:pk>/vote/", votes.in_writing, name="vote_in_writing"),
    path("models/<int:pk>/decide/", models.decide, name="decide"),
    path("models/<int:pk>/follow-ups/new/", models.follow_up, name="follow_up"),
    path("follow-ups/<int:pk>/end/", models.follow_up_end, name="follow_up_end"),
    path("opinions/<int:pk>/", models.opinion, name="opinion"),
    path("votes/<int:pk>/", votes.vote, name="vote"),
    path("votes/<int:pk>/close/", votes.close, name="vote_close"),
    path("votes/<int:pk>/check/", votes.check, name="vote_check"),
    path("votes/<int:pk>/cast/<uuid:elector>/", votes.cast, name="cast"),
    path("<slug:slug>/", councils.council, name="council"),
    path("<slug:slug>/models/", proposing.model_list, name="models"),
    path("<slug:slug>/models/new/", proposing.new, name="model_new"),
    path("<slug:slug>/seats/new/", councils.seat_new, name="seat_new"),
    path("<slug:slug>/meetings/new/", meetings.meeting_new, name="meeting_new"),
]
