"""Numbers, dates and times in Vietnamese and in English: read from texts, and written in English."""
