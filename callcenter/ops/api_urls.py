"""REST addresses for mail servers."""

from django.urls import path

from callcenter.ops.api import BouncesApi

urlpatterns = [path("bounces/", BouncesApi.as_view(), name="bounces")]
