"""The result of several stations behind one goal as files: record, tables, summary and pictures."""
