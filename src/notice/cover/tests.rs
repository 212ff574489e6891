use super::*;

const TEXT: &str = "題 \n\n・紙レセプト、 \n画像の委託・疾病分析\n以上\n";

fn page(text: &str) -> Page {
    Page::new(text).with(&["・".to_owned()], &[])
}

/// Ties quotes, and tells what is wrong and what is left.
fn tie(page: &mut Page, claims: &[(&str, (u32, u32), Part)]) -> (Vec<Kind>, usize) {
    let claim = |(quote, lines, part): &(&str, (u32, u32), Part)| Claim {
        quote: (*quote).to_owned(),
        lines: *lines,
        places: Vec::new(),
        part: *part,
        at: 0,
    };
    let claims: Vec<Claim> = claims.iter().map(claim).collect();
    let wrong = page.claim(&claims).into_iter().map(|(_, kind)| kind);
    (wrong.collect(), page.uncovered("t").len())
}

#[test]
fn a_quote_runs_over_line_ends_and_its_bullet_is_covered() {
    let mut page = page(TEXT);
    let claims = [
        ("題", (1, 1), Part::Heading),
        ("紙レセプト、画像の委託", (3, 4), Part::Listed),
        ("疾病分析", (4, 4), Part::Listed),
    ];
    assert_eq!(tie(&mut page, &claims), (vec![], 1));
    page.leave_out((5, 5)).unwrap();
    assert!(page.uncovered("t").is_empty());
    assert_eq!(
        page.leave_out((5, 5)),
        Err(Kind::NothingLeftOut { lines: (5, 5) })
    );
}

#[test]
fn a_quote_off_by_a_line_is_told_where_it_is() {
    let wrong = |quote, lines| tie(&mut page(TEXT), &[(quote, lines, Part::Heading)]).0;
    let found = wrong("疾病分析", (5, 5));
    assert!(
        matches!(
            found[..],
            [Kind::QuoteNotFound {
                found: Some((4, 4)),
                ..
            }]
        ),
        "{found:?}"
    );
    let wide = wrong("疾病分析", (3, 4));
    assert!(
        matches!(wide[..], [Kind::LinesTooWide { needed: (4, 4), .. }]),
        "{wide:?}"
    );
    let twice = wrong("・", (3, 4));
    assert!(
        matches!(twice[..], [Kind::QuoteNotUnique { .. }]),
        "{twice:?}"
    );
    let nowhere = wrong("疾病", (9, 9));
    assert!(
        matches!(nowhere[..], [Kind::LinesOutOfRange { count: 5, .. }]),
        "{nowhere:?}"
    );
}

#[test]
fn text_is_quoted_once_unless_it_is_another_reading() {
    let claims = [
        ("疾病分析", (4, 4), Part::Listed),
        ("疾病分析", (4, 4), Part::Again),
        ("病分析", (4, 4), Part::Listed),
    ];
    let (wrong, _) = tie(&mut page(TEXT), &claims);
    assert!(
        matches!(wrong[..], [Kind::QuotesOverlap { .. }]),
        "{wrong:?}"
    );
}

#[test]
fn quotes_of_one_line_have_the_places_that_the_others_leave() {
    let text = "・給付・給付の支払・給付の支払の通知\n";
    let line = (1, 1);
    let three = [
        ("給付", line, Part::Listed),
        ("給付の支払の通知", line, Part::Listed),
        ("給付の支払", line, Part::Listed),
    ];
    assert_eq!(tie(&mut page(text), &three), (vec![], 0));
    // Without the second, the first could stand in two places.
    let (wrong, _) = tie(&mut page(text), &three[..2]);
    assert!(
        matches!(wrong[..], [Kind::QuoteNotUnique { .. }]),
        "{wrong:?}"
    );
    let equal = [("給付", line, Part::Listed); 2];
    assert_eq!(tie(&mut page("・給付・給付\n"), &equal), (vec![], 0));
}

#[test]
fn one_line_may_stand_over_the_clauses_of_several_purposes() {
    let section = ("内部での利用", (1, 1), Part::Section);
    let twice = [section, section];
    assert_eq!(tie(&mut page("内部での利用\n"), &twice), (vec![], 0));
    assert_eq!(
        tie(&mut page("内部での利用 内部での利用\n"), &twice),
        (vec![], 0)
    );
}

#[test]
fn a_quote_runs_around_lines_that_are_left_out_and_down_a_column() {
    let mut broken = Page::new("・額の把\n- 2 -\n握\n").with(&["・".to_owned()], &[(2, 2)]);
    let claims = [("額の把握", (1, 3), Part::Listed)];
    assert_eq!(tie(&mut broken, &claims), (vec![], 1));
    broken.leave_out((2, 2)).unwrap();
    let mut table = page("給付に   支払\n必要な   のため\n");
    let claims = [
        ("給付に必要な", (1, 2), Part::Heading),
        ("支払のため", (1, 2), Part::Listed),
    ];
    assert_eq!(tie(&mut table, &claims), (vec![], 0));
}
