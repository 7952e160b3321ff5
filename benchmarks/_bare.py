"""The map of the house with two addresses more: the bare page and the plain REST list that ours are measured beside."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from rest_framework import generics, pagination, serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import IsAuthenticated

from callcenter.urls import urlpatterns as of_the_house
from complaints.models import Complaint

ROWS, CAP = 25, 1001
PAGE = engines["django"].from_string(
    """{% extends "base.html" %}
{% block title %}Bare{% endblock %}
{% block content %}
  <p>{{ count }}</p>
  <table>
    {% for row in rows %}
      <tr><td>{{ row.reference }}</td><td>{{ row.subject }}</td><td>{{ row.customer_name }}</td><td>{{ row.due_at }}</td></tr>
    {% endfor %}
  </table>
{% endblock content %}"""
)


def bare(request: HttpRequest) -> HttpResponse:
    """Answer the least that a page of ours can be: the frame, rows read by one index, and a count that stops."""
    rows = Complaint.objects.filter(resolved_at=None).order_by("due_at", "id")
    context = {"rows": rows[:ROWS], "count": Complaint.objects.order_by()[:CAP].count()}
    return HttpResponse(PAGE.render(context, request))


class PlainSerializer(serializers.ModelSerializer):
    """The fields of our row that are columns."""

    handler = serializers.CharField(source="handler.work_number")
    responsible = serializers.CharField(source="responsible.work_number")
    site = serializers.CharField(source="site.code")

    class Meta:
        model = Complaint
        fields = (
            "reference site team tier channel subject status level handler responsible received_at due_at resolved_at"
        ).split()


class PlainPages(pagination.CursorPagination):
    """Fifty rows."""

    page_size = 50
    ordering = "-reference"


class PlainList(generics.ListAPIView):
    """The framework's list of everything, to whoever is signed in."""

    queryset = Complaint.objects.select_related("handler", "responsible", "site")
    serializer_class = PlainSerializer
    pagination_class = PlainPages
    filter_backends = ()
    authentication_classes = (SessionAuthentication,)
    permission_classes = (IsAuthenticated,)


urlpatterns = [path("bare/", bare), path("plain/", PlainList.as_view()), *of_the_house]
