"""The exploratory analysis of the store, as one page that needs nothing else.

It brings pandas, SciPy and Matplotlib with it: import it where a report is written, not where the bot runs.
"""

from report.errors import ReportError
from report.writing import write_report

__all__ = ["ReportError", "write_report"]
