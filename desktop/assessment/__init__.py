"""The assessment room: one question at a time, what it adds up to beside it."""
