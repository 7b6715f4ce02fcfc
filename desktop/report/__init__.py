"""Reading and handing out the report."""
