#!/usr/bin/env python3
"""watch.py BINARY DIR: what `law watch` says changed, beside a comparison that shares nothing with it.

DIR holds texts of acts and index.tsv. For each two texts of an act, one after the other, the articles whose words differ are
found by Python's own XML reader; `BINARY law watch` must name the same ones. Exit 0 only where it does.
"""
import csv, gzip, json, subprocess, sys, xml.etree.ElementTree as tree

# What numbers a part is no words of it; a reading above a word is none either.
NUMBERS = {"ArticleTitle", "ParagraphNum", "ItemTitle", "Rt"} | {f"Subitem{n}Title" for n in range(1, 11)}


def words(element):
    if element.tag in NUMBERS:
        return ""
    inner = (element.text or "") + "".join(words(child) + (child.tail or "") for child in element)
    return "".join(inner.split())


def articles(path):
    opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
    with opened as file:
        root = tree.parse(file).getroot()
    # The main provisions, and those supplementary ones that are the act's own: others belong to the acts that amended it.
    parts = [("", part) for part in root.iter("MainProvision")]
    parts += [("附則", part) for part in root.iter("SupplProvision") if not part.get("AmendLawNum")]
    return {name + written(article.get("Num")): words(article) for name, part in parts for article in part.iter("Article")}


def written(number):
    """第5条の2 of 5_2; a run of deleted articles stands under its first."""
    first, *more = number.split(":")[0].split("_")
    return f"第{first}条" + "".join(f"の{part}" for part in more)


def main(binary, folder):
    rows = [row for row in csv.DictReader(open(f"{folder}/index.tsv", encoding="utf-8"), delimiter="\t") if ".xml" in row["file"]]
    acts = {}
    for row in rows:
        acts.setdefault(row["law_id"], []).append((row["in_force_from"] or row["retrieved"], row["file"]))
    run = subprocess.run([binary, "law", "watch", "--index", f"{folder}/index.tsv", "--format", "json"], capture_output=True, text=True)
    if run.stderr or run.returncode not in (0, 2):
        sys.exit(f"law watch ended with {run.returncode}: {run.stderr[-400:]}")
    told = {}
    for line in run.stdout.splitlines():
        step = json.loads(line)
        if "changes" in step:
            places = {place for change in step["changes"] for place in (change["was"], change["is"]) if place}
            told[(step["statute"], step["from"], step["to"])] = places
    wrong = pairs = compared = 0
    for texts in acts.values():
        texts.sort()
        for (old_day, old), (new_day, new) in zip(texts, texts[1:]):
            old_articles, new_articles = articles(f"{folder}/{old}"), articles(f"{folder}/{new}")
            numbers = set(old_articles) | set(new_articles)
            differ = {n for n in numbers if old_articles.get(n) != new_articles.get(n)}
            # Two acts may have texts of the same days: the step of this one is that which has most in common.
            steps = [places for (_, start, end), places in told.items() if (start, end) == (old_day, new_day)]
            places = max(steps, key=lambda places: len(places & differ) - len(places ^ differ), default=set())
            pairs, compared = pairs + 1, compared + len(numbers)
            print(f"{old} {new}: {len(numbers)} articles, {len(differ)} differ")
            if places != differ:
                wrong += 1
                print(f"  only told: {sorted(places - differ)}\n  not told: {sorted(differ - places)}")
    print(f"{pairs - wrong}/{pairs} pairs agree, {compared} articles")
    return wrong != 0 or pairs == 0


sys.exit(main(sys.argv[1], sys.argv[2]))
