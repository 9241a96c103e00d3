"""Several stations planned together behind one goal."""
