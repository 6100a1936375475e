"""The tests of the library: what an entry may hold, what is told about a broken one, and what is found."""
