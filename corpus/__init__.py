"""What matchbot knows: organisations, what they say of themselves, and the clusters they belong to."""
