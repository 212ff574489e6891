//! Each cell of a matrix is what the engine decides of the flow that its row and column name.

use mokuteki::{Engine, FlowSpec, vocabulary::Class};
use mokuteki_space::{Matrix, Side};

#[test]
fn every_cell_is_the_decision_of_its_row_and_column() {
    let engine = Engine::embedded();
    let words = engine.vocabulary();
    for society in ["aeon", "johas"] {
        for day in ["2021-08-31", "2024-12-01", "2026-04-01"] {
            let matrix = Matrix::new(&Side::new(engine, society, day).unwrap());
            assert_eq!(matrix.data.len(), words.terms_of(Class::Data).count());
            assert_eq!(
                matrix.recipients.len(),
                words.terms_of(Class::Party).count()
            );
            assert_eq!(matrix.cells.len(), matrix.data.len());
            for (data, row) in matrix.data.iter().zip(&matrix.cells) {
                assert_eq!(row.len(), matrix.recipients.len());
                for (recipient, (flow, outcome)) in matrix.recipients.iter().zip(row) {
                    let named = engine.flow(&FlowSpec {
                        society,
                        data: &[words.label(*data)],
                        recipient: words.label(*recipient),
                        as_of: day,
                        ..FlowSpec::default()
                    });
                    let named = named.unwrap();
                    assert_eq!(*flow, named);
                    let decided = engine.decide(&named);
                    assert_eq!(outcome.verdict(), decided.verdict());
                    assert_eq!(outcome.clause(), decided.clause());
                }
            }
        }
    }
}
