"""The chapters of the report. Each is a function from the data to words, tables and charts."""
