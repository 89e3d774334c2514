"""From what was found in a text to a report that a person has corrected; and what the correction changed."""
