"""What templates of key figures draw with."""
