"""What is asked of figures: one module for each concern."""
