"""Who has which skill, the terms of people, and the skills of the house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agents import services
from agents.dated_lists import SkillList, TermsList
from agents.forms.dated import ChangeSkillForm, NewSkillForm
from agents.models import PersonSkill, Skill
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done

MANAGE = "agents.manage_catalogue"


@require_GET
def skill_list(request: HttpRequest) -> Answer:
    """List who has which skill."""
    return show(request, SkillList(), "agents/skills.html")


@require_GET
def terms_list(request: HttpRequest) -> Answer:
    """List employments and weekly hours."""
    return show(request, TermsList(), "agents/terms.html")


@require_GET
def skills_of_house(request: HttpRequest) -> HttpResponse:
    """Show the skills of the house, and how many have each today."""
    require(request.user, MANAGE)
    held = PersonSkill.objects.on(request.user.today).filter(person__is_active=True)
    numbers: dict[int, int] = {}
    for skill in held.values_list("skill", flat=True):
        numbers[skill] = numbers.get(skill, 0) + 1
    rows = [(skill, numbers.get(skill.pk, 0)) for skill in Skill.objects.order_by("-is_active", "name")]
    return render(request, "agents/skills_of_house.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def new_skill(request: HttpRequest) -> HttpResponse:
    """Add a skill."""
    require(request.user, MANAGE)
    form = NewSkillForm(request.POST or None)
    given = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: services.make_skill(**given, **form.cleaned_data))
    return _answer(request, form, made, status)


@require_http_methods(["GET", "POST"])
def change_skill(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a skill, retire it or take it up again."""
    require(request.user, MANAGE)
    skill = get_object_or_404(Skill, pk=pk)
    form = ChangeSkillForm(request.POST or None, initial={"name": skill.name, "is_active": skill.is_active})
    given = {"actor": request.user, "skill": skill, "now": timezone.now()}
    made, status = attempt(form, lambda: services.change_skill(**given, **form.cleaned_data))
    return _answer(request, form, made, status, skill)


def _answer(
    request: HttpRequest,
    form: NewSkillForm | ChangeSkillForm,
    made: Skill | None,
    status: int,
    skill: Skill | None = None,
) -> HttpResponse:
    if made:
        say_done(request, _("Saved: %(place)s.") % {"place": made})
        return redirect("agents:skills_of_house")
    return render(request, "agents/skill.html", {"form": form, "skill": skill}, status=status)
