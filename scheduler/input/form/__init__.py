"""The workbook that a round is filled in on: its sheets, their help, drop-downs and checks."""
