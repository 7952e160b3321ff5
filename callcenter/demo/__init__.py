"""A small centre to try the product with: people, calls, complaints. Embedded mode only."""
