"""What people type about complaints: shape only, no rules."""

from complaints.forms.acceptance import ComplaintForm, ResolveForm

__all__ = ["ComplaintForm", "ResolveForm"]
