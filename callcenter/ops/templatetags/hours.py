"""Hours of calendars in templates."""

from django import template

from callcenter import words
from callcenter.ops import hours

register = template.Library()
register.filter("week", hours.in_words)
register.filter("by_day", hours.by_day)
register.filter("hours", hours.written)
register.filter("in_year", words.in_year)
