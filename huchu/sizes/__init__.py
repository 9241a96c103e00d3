"""What `huchu size` shows and writes: the workbook of a project and its parts."""
