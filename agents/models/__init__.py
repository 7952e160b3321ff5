"""People and places, and what is dated about them."""

from agents.models.conduct import ConductRecord, ConductReply, ServiceRule
from agents.models.dated import (
    SCOPES,
    Absence,
    Dated,
    Leadership,
    Membership,
    RegionSite,
    RoleGrant,
    Superior,
)
from agents.models.people import Department, Region, Site, Team, User
from agents.models.skills import (
    Application,
    Contract,
    Employment,
    ExtraRole,
    ExtraRoleHolding,
    PersonSkill,
    Skill,
)

__all__ = [
    "SCOPES",
    "Absence",
    "Application",
    "ConductRecord",
    "ConductReply",
    "Contract",
    "Dated",
    "Department",
    "Employment",
    "ExtraRole",
    "ExtraRoleHolding",
    "Leadership",
    "Membership",
    "PersonSkill",
    "Region",
    "RegionSite",
    "RoleGrant",
    "ServiceRule",
    "Site",
    "Skill",
    "Superior",
    "Team",
    "User",
]
