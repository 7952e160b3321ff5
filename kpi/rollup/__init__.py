"""How calls are counted into roll-ups: columns, bags of lengths, and the statements that fill the grains."""
