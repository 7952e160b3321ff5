"""What tests of pages share."""

LIST_PART = {"HX-Request": "true", "HX-Target": "list-rows"}
"""With these headers a list answers with its own part only, whatever the frame around it costs."""
