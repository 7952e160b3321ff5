"""Key figures: every metric defined once, every figure explained."""
