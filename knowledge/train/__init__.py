"""Distil the search's static table from a teacher: needs packages that the chatbot itself does not."""
