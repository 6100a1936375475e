"""Hand-written stand-ins for the ports, under the ports' own file names."""
