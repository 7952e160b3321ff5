"""Pages of people and places."""

from agents.views.conduct import change_draft, conduct_deed, conduct_list, conduct_record, new_conduct
from agents.views.language import set_language
from agents.views.people import new, people
from agents.views.person import act, person
from agents.views.pick import pick_place
from agents.views.places import new_place, place, places
from agents.views.service_rules import end_rule, new_rule, rule_list

__all__ = [
    "act",
    "change_draft",
    "conduct_deed",
    "conduct_list",
    "conduct_record",
    "end_rule",
    "new",
    "new_conduct",
    "new_place",
    "new_rule",
    "people",
    "person",
    "pick_place",
    "place",
    "places",
    "rule_list",
    "set_language",
]
