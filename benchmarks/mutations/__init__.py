"""Single faults planted by machine in clean texts, and how many of them the checks find."""
