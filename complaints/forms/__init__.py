"""What people type about complaints: shape only, no rules."""

from complaints.forms.acceptance import ComplaintForm, PlacedForm

__all__ = ["ComplaintForm", "PlacedForm"]
