"""From an executed notebook to pages: HTML, PDF, Word, and the index of editions."""
