"""Text, Parquet and frames of other people as exact integers, instants and names, each traced to file and row."""
