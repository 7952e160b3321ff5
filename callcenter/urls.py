"""The map of the house: pages below their app's name, REST below /api/v1/."""

from django.urls import include, path, re_path

from agents.views import set_language
from callcenter import frame_pages
from callcenter.rest.errors import no_such_address
from complaints.views import today

urlpatterns = [
    path("", today, name="today"),
    path("complaints/", include("complaints.urls")),
    path("causes/", include("complaints.cause_urls")),
    path("complaint-clocks/", include("complaints.clock_policy_urls")),
    path("feedback/leaders/", include("feedback.leaders.urls")),
    path("feedback/", include("feedback.urls")),
    # callcenter.unnamed.PREFIX: no session, no account
    path("unnamed/", include("feedback.anonymity.urls")),
    path("floor/", include("floor.urls")),
    path("roster/", include("shifts.urls")),
    path("calls/", include("calls.urls")),
    path("kpi/", include("kpi.urls")),
    path("people/", include("agents.urls")),
    path("service-rules/", include("agents.rule_urls")),
    path("ops/", include("callcenter.ops.urls")),
    path("lists/", include("callcenter.lists.urls")),
    path("jobs/", include("callcenter.ops.job_urls")),
    path("imports/", include("callcenter.imports.urls")),
    path("tokens/", include("callcenter.tokens.urls")),
    path("styleguide/", include("callcenter.styleguide.urls")),
    path("search/", include("callcenter.search.urls")),
    path("keyboard/", frame_pages.keyboard, name="keyboard"),
    path("manifest.webmanifest", frame_pages.manifest, name="manifest"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("agents.account_urls")),
    path("api/v1/", include("agents.api.urls")),
    path("api/v1/bulletin/", include("floor.api.urls")),
    path("api/v1/calls/", include("calls.api.urls")),
    path("api/v1/complaints/", include("complaints.api.urls")),
    path("api/v1/feedback/reports/", include("feedback.leaders.api_urls")),
    path("api/v1/feedback/", include("feedback.api.urls")),
    path("api/v1/kpi/", include("kpi.api.urls")),
    path("api/v1/mail/", include("callcenter.ops.api_urls")),
    path("api/v1/roster/", include("shifts.api.urls")),
    path("api/v1/worktime/", include("callcenter.worktime.urls")),
    path("api/v1/", include("callcenter.rest.urls")),
    re_path(r"^api/(?P<unknown>(?s:.*))$", no_such_address),
]

handler400 = "callcenter.rest.errors.bad_request"
handler500 = "callcenter.rest.errors.server_error"
