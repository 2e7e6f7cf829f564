"""The sections of the page, each a function from the data to sentences, tables and plots."""
