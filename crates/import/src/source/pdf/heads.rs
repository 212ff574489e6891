//! What stands at the head and the foot of every page: the address, the day and the number that browsers print.

/// How many lines the head and the foot may take.
const DEEP: usize = 2;

/// Takes the heads and feet out of the pages, and tells them.
///
/// Only lines with digits go: those that are equal on every page but for these. A heading or a head of a
/// table that stands on every page is left to who reads the text.
pub(super) fn take(pages: &mut [Vec<String>]) -> Vec<String> {
    let mut taken = Vec::new();
    for from_end in [false, true] {
        for _ in 0..DEEP {
            let edges: Option<Vec<&String>> = pages
                .iter()
                .map(|page| if from_end { page.last() } else { page.first() })
                .collect();
            let Some(edges) = edges.filter(|edges| edges.len() > 1) else {
                break;
            };
            let (Some(first), Some(last)) = (edges.first(), edges.last()) else {
                break;
            };
            let digits = first.chars().any(|c| c.is_ascii_digit());
            let same = edges.iter().all(|edge| key(edge) == key(first));
            let item = is_item(first) || is_item(last);
            if !digits || !same || item {
                break;
            }
            for page in &mut *pages {
                let at = if from_end {
                    page.len().saturating_sub(1)
                } else {
                    0
                };
                taken.push(page.remove(at));
            }
        }
    }
    taken
}

/// A line without its spaces and numbers.
fn key(line: &str) -> String {
    let plain = |c: &char| !c.is_ascii_digit() && !c.is_whitespace();
    line.chars().filter(plain).collect()
}

/// Whether a line begins as an item of a list does.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = after.len() < line.len() && after.starts_with(['.', ')', '．', '）', '、', ' ']);
    line.starts_with(['・', '○', '●', '【', '〔', '(', '（', '※'])
        || numbered && !after.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(pages: &[&[&str]]) -> Vec<Vec<String>> {
        let page = |lines: &&[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        pages.iter().map(page).collect()
    }

    #[test]
    fn days_addresses_and_numbers_at_every_page_go_and_are_told() {
        let mut two = pages(&[
            &[
                "2026/11/26 5:00",
                "１．給付",
                "・審査",
                "http://a.example/ 1/2",
            ],
            &[
                "2026/11/26 5:01",
                "２．保健",
                "・健診",
                "http://a.example/ 2/2",
            ],
        ]);
        assert_eq!(take(&mut two).len(), 4);
        assert_eq!(
            two,
            pages(&[&["１．給付", "・審査"], &["２．保健", "・健診"]])
        );
    }

    #[test]
    fn what_may_be_of_the_text_stays() {
        for lines in [
            &["1. 保健事業", "・健診の案内1回"][..],
            &["【健保組合内部での利用】", "(1) 健診"],
            &["個人情報の利用目的", "健診の案内"],
        ] {
            let before = pages(&[lines, lines]);
            let mut after = before.clone();
            assert!(take(&mut after).is_empty());
            assert_eq!(after, before);
        }
        let mut one = pages(&[&["2026/11/26", "1/1"]]);
        assert!(take(&mut one).is_empty());
    }
}
