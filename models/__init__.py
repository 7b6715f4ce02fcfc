"""What is kept: the encrypted vault, people and their keys, assessments, history, audit trail."""
