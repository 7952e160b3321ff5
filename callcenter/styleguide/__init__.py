"""The style guide: every component of the pages, drawn from the same templates, in all its states."""
