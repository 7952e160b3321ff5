"""The floor: the bulletin, on which everybody reads what holds for them."""
