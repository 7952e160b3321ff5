"""REST addresses of schemes and assessments."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, path

from kpi.api import assessments, plans, schemes


def _acts(place: str, acts: Mapping[str, Any]) -> Iterator[URLPattern]:
    for name, view in acts.items():
        yield path(f"{place}/<int:pk>/{name}/", view.as_view(), name=f"{place}-{name}")


urlpatterns = [
    path("schemes/", schemes.SchemeListApi.as_view(), name="schemes"),
    path("schemes/<int:pk>/", schemes.ReadSchemeApi.as_view(), name="scheme"),
    path("schemes/<int:pk>/change/", schemes.ChangeSchemeApi.as_view(), name="schemes-change"),
    path("schemes/<int:pk>/try/", schemes.TrySchemeApi.as_view(), name="schemes-try"),
    *_acts("schemes", schemes.ACTS),
    path("trials/people/", schemes.TrialRowListApi.as_view(), name="trial-people"),
    path("trials/<int:pk>/", schemes.ReadTrialApi.as_view(), name="trial"),
    path("assessments/", assessments.AssessmentListApi.as_view(), name="assessments"),
    path("assessments/<int:pk>/", assessments.ReadAssessmentApi.as_view(), name="assessment"),
    path("assessments/<int:pk>/pay/", assessments.PaySheetApi.as_view(), name="assessments-pay"),
    *_acts("assessments", assessments.ACTS),
    path("scorecards/", assessments.ScorecardListApi.as_view(), name="scorecards"),
    path("scorecards/<int:pk>/", assessments.ReadScorecardApi.as_view(), name="scorecard"),
    *_acts("scorecards", assessments.CARD_ACTS),
    path("checklists/", plans.ChecklistListApi.as_view(), name="checklists"),
    path("checklists/<int:pk>/retire/", plans.RetireApi.as_view(), name="checklists-retire"),
    path("ratings/", plans.RatingListApi.as_view(), name="ratings"),
    path("interviews/", plans.InterviewListApi.as_view(), name="interviews"),
    path("interviews/<int:pk>/", plans.ReadInterviewApi.as_view(), name="interview"),
    *_acts("interviews", plans.INTERVIEW_ACTS),
    path("aims/", plans.AimListApi.as_view(), name="aims"),
    path("aims/<int:pk>/", plans.ReadAimApi.as_view(), name="aim"),
    *_acts("aims", plans.AIM_ACTS),
]
