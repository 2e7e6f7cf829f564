"""What the report analyses, read from the store in one state.

Owned games are counted in SQL or as packed arrays, never as rows: there are millions.
"""

from report.data.read import ReportData, read_data

__all__ = ["ReportData", "read_data"]
