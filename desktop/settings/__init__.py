"""Settings: language, look, people, the organisation's root."""
