"""Words that every package uses: units, money, time, columns, findings, errors. Imports nothing else of ours."""
