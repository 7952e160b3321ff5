"""What these lists can be limited to."""
