"""The analysis of causes (domain §4, step 6): figures by one statement, and how pages, sheets and paper show them."""

from complaints.analysis.figures import Period, figures

__all__ = ["Period", "figures"]
