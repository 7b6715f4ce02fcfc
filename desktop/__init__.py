"""What is seen and handed over: windows, reports, charts, operations, the command line."""
