"""What is handed over: the tagged report, its archive form, its signatures and their verification."""
