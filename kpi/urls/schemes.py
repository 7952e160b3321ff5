"""Addresses of schemes and assessments."""

from django.urls import path

from kpi.views import assessments, plans, schemes

urlpatterns = [
    path("schemes/", schemes.scheme_list, name="schemes"),
    path("schemes/new/", schemes.new_scheme, name="new_scheme"),
    path("schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("schemes/<int:pk>/change/", schemes.change_scheme, name="change_scheme"),
    path("schemes/<int:pk>/try/", schemes.try_scheme, name="try_scheme"),
    path("schemes/<int:pk>/<slug:name>/", schemes.scheme_deed, name="scheme_deed"),
    path("trials/people/", schemes.trial_rows, name="trial_rows"),
    path("trials/<int:pk>/", schemes.trial, name="trial"),
    path("assessments/", assessments.assessment_list, name="assessments"),
    path("assessments/new/", assessments.new_assessment, name="new_assessment"),
    path("assessments/<int:pk>/", assessments.assessment, name="assessment"),
    path("assessments/<int:pk>/pay/", assessments.pay_sheet, name="pay_sheet"),
    path("assessments/<int:pk>/<slug:name>/", assessments.assessment_deed, name="assessment_deed"),
    path("scores/", assessments.scorecard_list, name="scorecards"),
    path("scores/<int:pk>/", assessments.scorecard, name="scorecard"),
    path("scores/<int:pk>/appeal/", assessments.appeal, name="appeal"),
    path("scores/<int:pk>/decide/", assessments.decide, name="decide_appeal"),
    path("checklists/", plans.checklist_list, name="checklists"),
    path("checklists/new/", plans.new_checklist, name="new_checklist"),
    path("checklists/<int:pk>/", plans.checklist, name="checklist"),
    path("checklists/<int:pk>/rate/", plans.rate, name="rate"),
    path("checklists/<int:pk>/<slug:name>/", plans.checklist_deed, name="checklist_deed"),
    path("ratings/", plans.rating_list, name="ratings"),
    path("interviews/", plans.interview_list, name="interviews"),
    path("interviews/new/", plans.new_interview, name="new_interview"),
    path("interviews/<int:pk>/", plans.interview, name="interview"),
    path("interviews/<int:pk>/<slug:name>/", plans.interview_deed, name="interview_deed"),
    path("aims/", plans.aim_list, name="aims"),
    path("aims/new/", plans.new_aim, name="new_aim"),
    path("aims/<int:pk>/", plans.aim, name="aim"),
    path("aims/<int:pk>/<slug:name>/", plans.aim_deed, name="aim_deed"),
]
