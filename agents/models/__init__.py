"""People and places, and what is dated about them."""

from agents.models.dated import SCOPES, Absence, Leadership, Membership, RegionSite, RoleGrant, Superior
from agents.models.people import Department, Region, Site, Team, User

__all__ = [
    "SCOPES",
    "Absence",
    "Department",
    "Leadership",
    "Membership",
    "Region",
    "RegionSite",
    "RoleGrant",
    "Site",
    "Superior",
    "Team",
    "User",
]
