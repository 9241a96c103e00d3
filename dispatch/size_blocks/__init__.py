"""What holds for a station whose size is looked for, one file each; the folder is the registry.

Each leaf has the station of 1 MW and 1 MWh as its station, and `power_mw` and `energy_mwh` of the model as the size. Blocks of
dispatch/blocks that stay linear when the size is a variable have no counterpart here.
"""
