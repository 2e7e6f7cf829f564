"""What each optimisation buys: each switched off alone, in one run, several rounds in turn."""
