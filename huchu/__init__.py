"""沪储: the program. The only place that sees every package; nobody imports it."""
