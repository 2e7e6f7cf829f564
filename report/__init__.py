"""The report: an exploratory analysis of what the store holds, as one HTML page that needs nothing else.

It brings pandas, SciPy and Matplotlib with it, and needs the extra `report` for the script of its plots:
import it where a report is written, not where the bot runs.
"""

from report.errors import ReportError
from report.writing import write_report

__all__ = ["ReportError", "write_report"]
