"""The addresses of the sealed record: for those whom entries are about, for the office, for the world."""

from django.urls import path

from dure.apps.records import views

app_name = "records"

urlpatterns = [
    path("records/", views.records, name="records"),
    path("records/proofs/", views.about, name="about"),
    path("records/proofs/dure_verify.py", views.verifier, name="verifier"),
    path("records/standing/", views.standing, name="standing"),
    path("records/standing/check/", views.check, name="check"),
    path("records/<int:number>/", views.entry, name="entry"),
    path("records/<int:number>/proof/", views.proof, name="proof"),
    # What anybody mirrors (C2SP tlog-tiles): hashes and signatures, no entries.
    path("log/checkpoint", views.checkpoint, name="checkpoint"),
    path("log/keys", views.keys, name="keys"),
    path("log/tile/<path:tile>", views.tile, name="tile"),
]
