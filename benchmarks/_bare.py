"""The map of the house with one page more: the bare one that pages are measured beside."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

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


urlpatterns = [path("bare/", bare), *of_the_house]
