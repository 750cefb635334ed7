"""Claims about Itinerary: one file per module, and the architecture, the command line, the dashboard, the browser."""
