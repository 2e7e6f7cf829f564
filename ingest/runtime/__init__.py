"""What a run needs beside its steps: the run lock, progress, timing, helper processes."""
