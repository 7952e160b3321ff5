"""Pages of people and places."""

from agents.views.language import set_language
from agents.views.people import new, people
from agents.views.person import act, person
from agents.views.pick import pick_place
from agents.views.places import new_place, place, places

__all__ = ["act", "new", "new_place", "people", "person", "pick_place", "place", "places", "set_language"]
