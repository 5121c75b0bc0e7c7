"""The checks of single notebooks: what a student wrote, and the likeliest reason if it is wrong."""
