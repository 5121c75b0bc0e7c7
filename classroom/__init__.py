"""What only a teacher needs: `run.py student` and `run.py collect`. No part of the package."""
