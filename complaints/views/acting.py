"""Doing something with a complaint: every act of the course by one view, and answering a question."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from callcenter.access import require
from callcenter.saving import once
from complaints import selectors, services
from complaints.enums import Act
from complaints.forms.acts import AnswerForm
from complaints.models import Complaint, Question
from complaints.services.acting import check
from complaints.views.complaint import visible_or_404
from complaints.views.deeds import DEEDS


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Ask for what an act needs, in the side panel or on a page of its own, and do it; what was typed stays."""
    complaint = visible_or_404(request, reference)
    deed = DEEDS.get(name)  # type: ignore[call-overload]  # an Act is its own name
    if deed is None:
        raise Http404
    if request.method == "GET":
        require(request.user, f"complaints.{name}", complaint)
        check(complaint, Act(name))
    given = {"actor": request.user, "now": timezone.now()}
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = deed.form(*typed, complaint=complaint, actor=request.user)
    done, status = once(form, lambda: deed.service(**given, **form.given()))
    if done:
        messages.success(request, _("Done: %(act)s.") % {"act": Act(name).label})
        return _after(request, complaint)
    context = {"complaint": complaint, "form": form, "deed": deed, "act": Act(name)}
    return render(request, "complaints/act.html", context, status=status)


def _after(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Lead back to the complaint, or where it is out of sight now, to the list."""
    visible = Complaint.objects.visible_to(request.user).filter(pk=complaint.pk).exists()
    return redirect(complaint if visible else "complaints:list")


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions put to this person: first those that wait for an answer."""
    asked = selectors.questions_to(request.user)
    return render(request, "complaints/questions.html", {"questions": asked})


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question that was put to this person; nothing else of the complaint is told here."""
    mine: Any = Question.objects.filter(person=request.user).select_related("complaint", "by")
    question = get_object_or_404(mine, pk=pk)
    given = {"actor": request.user, "now": timezone.now(), "question_id": question.pk}
    form = AnswerForm(request.POST or None, complaint=question.complaint, actor=request.user)
    done, status = once(form, lambda: services.answer(**given, text=form.cleaned_data["text"]))
    if done:
        messages.success(request, _("Your answer is with whoever asked."))
        return redirect("complaints:questions")
    return render(request, "complaints/answer.html", {"question": question, "form": form}, status=status)
