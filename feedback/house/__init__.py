"""The page on which administrators set the numbers of the board."""
