"""How figures become points, points a score, and a score a grade: arithmetic without database and clock."""
