"""The office hours, talked to as people talk to them."""
