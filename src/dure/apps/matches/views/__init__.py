"""The pages about matches: my inbox, one entry's matches, answers, the office, trying it out."""
