from django.urls import path

from dure.apps.people.views import (
    account,
    appointments,
    legal,
    mandates,
    memberships,
    organisations,
    profiles,
)

app_name = "people"

urlpatterns = [
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path("organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("organisations/number/", organisations.number_check, name="number_check"),
    path("organisations/unverified/", organisations.unverified, name="unverified"),
    path("organisations/join/", memberships.join, name="join"),
    path(
        "organisations/<int:organisation_id>/",
        organisations.organisation_detail,
        name="organisation_detail",
    ),
    path(
        "organisations/<int:organisation_id>/edit/",
        organisations.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "organisations/<int:organisation_id>/verify/",
        organisations.organisation_verify,
        name="organisation_verify",
    ),
    path("organisations/<int:organisation_id>/opt-out/", organisations.opt_out, name="opt_out"),
    path("organisations/<int:organisation_id>/profile/", profiles.add, name="profile_add"),
    path("profile/<int:pk>/remove/", profiles.remove, name="profile_remove"),
    path("memberships/<int:membership_id>/contact/", profiles.be_contact, name="be_contact"),
    path("organisations/<int:organisation_id>/mandates/", mandates.mandates, name="mandates"),
    path("mandates/<int:mandate_id>/end/", mandates.mandate_end, name="mandate_end"),
    path("memberships/<int:membership_id>/answer/", memberships.answer_join, name="answer_join"),
    path(
        "memberships/<int:membership_id>/change/",
        memberships.membership_change,
        name="membership_change",
    ),
    path("memberships/<int:membership_id>/leave/", memberships.leave, name="leave"),
    path("people/", appointments.appointments, name="appointments"),
    path("people/<int:user_id>/appoint/", appointments.appoint, name="appoint"),
    path("people/appointments/<int:appointment_id>/dismiss/", appointments.dismiss, name="dismiss"),
    path("account/", account.account, name="account"),
    path("account/data/", account.my_data, name="my_data"),
    path("account/close/", account.close, name="close_account"),
    path("account/agree/", account.agree, name="agree"),
    path("terms/", legal.terms, name="terms"),
    path("privacy/", legal.privacy, name="privacy"),
    path("contact/", legal.contact, name="contact"),
    path("account/tokens/", account.token_issue, name="token_issue"),
    path("account/tokens/<int:token_id>/revoke/", account.token_revoke, name="token_revoke"),
]
