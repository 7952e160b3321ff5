"""How something is written without a name, so that nobody can learn who wrote it (docs/anonymity.md)."""
