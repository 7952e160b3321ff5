"""Addresses of complaint pages."""

from django.urls import path

from complaints import views

app_name = "complaints"
urlpatterns = [
    path("", views.complaint_list, name="list"),
    path("new/", views.record, name="record"),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/contact/", views.contact, name="contact"),
    path("<slug:reference>/pdf/", views.printed, name="pdf"),
    path("<slug:reference>/resolve/", views.resolve, name="resolve"),
]
