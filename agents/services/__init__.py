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
from agents.services.extra_roles import (
    apply_for_role,
    approve_application,
    change_extra_role,
    end_extra_role,
    make_extra_role,
    refuse_application,
    withdraw_application,
)
from agents.services.places import (
    change_site,
    create_department,
    create_region,
    create_site,
    create_team,
    put_site_into_region,
    set_scope,
)
from agents.services.reporting import (
    appoint_lead,
    end_lead,
    leave_team,
    move_to_team,
    set_superior,
    take_lead_back,
    take_move_back,
)
from agents.services.roles import end_role, grant_role
from agents.services.service_rules import end_rule, publish_rule
from agents.services.sign_in import end_other_sessions, end_session, reset_second_factor
from agents.services.skills import change_skill, end_skill, give_skill, make_skill
from agents.services.terms import employ, end_employment, set_hours

__all__ = [
    "ConductFacts",
    "appeal_conduct",
    "apply_for_role",
    "appoint_lead",
    "approve_application",
    "change_draft",
    "change_extra_role",
    "change_person",
    "change_site",
    "change_skill",
    "create_department",
    "create_person",
    "create_region",
    "create_site",
    "create_team",
    "deactivate",
    "decide_appeal",
    "draft_conduct",
    "employ",
    "end_employment",
    "end_extra_role",
    "end_lead",
    "end_other_sessions",
    "end_role",
    "end_rule",
    "end_session",
    "end_skill",
    "finish_replies",
    "give_skill",
    "grant_role",
    "leave_team",
    "make_extra_role",
    "make_skill",
    "move_to_team",
    "open_conduct",
    "publish_rule",
    "put_site_into_region",
    "record_absence",
    "refuse_application",
    "reply_to_conduct",
    "reset_second_factor",
    "set_hours",
    "set_language",
    "set_password",
    "set_scope",
    "set_superior",
    "take_lead_back",
    "take_move_back",
    "withdraw_absence",
    "withdraw_application",
    "withdraw_conduct",
]
