"""Tests of patterns, planning, publication and the board."""
