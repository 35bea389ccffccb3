"""What the languages share: folding, cutting text into pieces, words of numbers and time, dates of the calendar."""
