"""Addresses of complaint pages."""

from django.urls import path

from complaints import views

app_name = "complaints"
urlpatterns = [
    path("", views.complaint_list, name="list"),
    path("new/", views.record, name="record"),
    path("new/customers/", views.find_customer, name="find_customer"),
    path("new/customer/", views.about_customer, name="about_customer"),
    path("new/staff/", views.find_staff, name="find_staff"),
    path("new/due/", views.foresee, name="foresee"),
    path("analysis/", views.analysis, name="analysis"),
    path("analysis/pdf/", views.analysis_pdf, name="analysis_pdf"),
    path("analysis/<slug:part>.<slug:form>", views.analysis_sheet, name="analysis_sheet"),
    path("analysis/months/", views.months, name="months"),
    path("analysis/months/<slug:month>/", views.month, name="month"),
    path("analysis/months/<slug:month>/pdf/", views.month_pdf, name="month_pdf"),
    path("questions/", views.questions, name="questions"),
    path("questions/<int:pk>/", views.answer, name="answer"),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/contact/", views.contact, name="contact"),
    path("<slug:reference>/pdf/", views.printed, name="pdf"),
    path("<slug:reference>/reports/<int:pk>/", views.report, name="report"),
    path("<slug:reference>/alike/", views.alike, name="alike"),
    path("<slug:reference>/files/<int:pk>/", views.attachment, name="attachment"),
    path("<slug:reference>/<slug:name>/", views.act, name="act"),
]
