"""Every write about people and places."""

from agents.services.absences import record_absence, withdraw_absence
from agents.services.accounts import change_person, create_person, deactivate, set_language, set_password
from agents.services.conduct import (
    ConductFacts,
    appeal_conduct,
    change_draft,
    decide_appeal,
    draft_conduct,
    open_conduct,
    reply_to_conduct,
    withdraw_conduct,
)
from agents.services.conduct_sweep import finish_replies
from agents.services.places import (
    change_site,
    create_department,
    create_region,
    create_site,
    create_team,
    put_site_into_region,
    set_scope,
)
from agents.services.reporting import appoint_lead, move_to_team, set_superior
from agents.services.roles import end_role, grant_role
from agents.services.service_rules import end_rule, publish_rule
from agents.services.sign_in import end_other_sessions, end_session, reset_second_factor

__all__ = [
    "ConductFacts",
    "appeal_conduct",
    "appoint_lead",
    "change_draft",
    "change_person",
    "change_site",
    "create_department",
    "create_person",
    "create_region",
    "create_site",
    "create_team",
    "deactivate",
    "decide_appeal",
    "draft_conduct",
    "end_other_sessions",
    "end_role",
    "end_rule",
    "end_session",
    "finish_replies",
    "grant_role",
    "move_to_team",
    "open_conduct",
    "publish_rule",
    "put_site_into_region",
    "record_absence",
    "reply_to_conduct",
    "reset_second_factor",
    "set_language",
    "set_password",
    "set_scope",
    "set_superior",
    "withdraw_absence",
    "withdraw_conduct",
]
