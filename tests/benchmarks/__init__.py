"""Speed and accuracy, measured rather than tested."""
