"""The user's own language model asked for the journey, and believed only where the text proves what it says."""
