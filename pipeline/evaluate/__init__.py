"""Gold, and how well an extraction agrees with it."""
