"""What becomes of a fact after it was printed: superseded, corrected, retracted, disputed, reviewed. Nothing is ever erased."""
