"""Addresses below callcenter.unnamed.PREFIX."""

from django.urls import path

from feedback.anonymity import views

app_name = "unnamed"
urlpatterns = [
    path("", views.new, name="new"),
    path("post/", views.post, name="post"),
    path("keys/", views.published_keys, name="keys"),
    path("receipt/", views.receipt, name="receipt"),
    path("read/", views.read, name="read"),
    path("say/", views.say, name="say"),
    path("confirm/", views.confirm, name="confirm"),
    path("dispute/", views.dispute, name="dispute"),
    path("claim/", views.claim, name="claim"),
]
