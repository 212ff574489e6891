"""Writes the claims of a year for the analysis."""

import csv


def export(rows, path):
    # mokuteki: claims/analysis
    with open(path, "w", encoding="cp932", newline="") as out:
        csv.writer(out).writerows(rows)
