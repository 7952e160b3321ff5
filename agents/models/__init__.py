"""People and places, and what is dated about them."""

from agents.models.conduct import ConductRecord, ConductReply, ServiceRule
from agents.models.dated import SCOPES, Absence, Leadership, Membership, RegionSite, RoleGrant, Superior
from agents.models.people import Department, Region, Site, Team, User

__all__ = [
    "SCOPES",
    "Absence",
    "ConductRecord",
    "ConductReply",
    "Department",
    "Leadership",
    "Membership",
    "Region",
    "RegionSite",
    "RoleGrant",
    "ServiceRule",
    "Site",
    "Superior",
    "Team",
    "User",
]
