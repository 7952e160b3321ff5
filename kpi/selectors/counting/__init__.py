"""Counting calls for a question: from roll-ups where they know, from raw calls where they do not."""
