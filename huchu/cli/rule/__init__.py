"""`huchu rule`: one case or a table of cases of a regulation, read, judged, printed or written."""
