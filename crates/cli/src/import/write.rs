//! Drafts and their texts on disk.

use std::path::Path;

use mokuteki_files::{Fault, Previous, Writer};
use mokuteki_import::draft::{Imported, Looked};

use super::{Drafted, Status, Terminal, inputs::Input};

/// Writes what was drafted. One that cannot be written keeps none of the others from its place.
pub(super) fn all<'i>(
    inputs: &[Input],
    purposes: impl Iterator<Item = &'i Imported>,
    of_input: &[Drafted],
    output: &Path,
    terminal: &Terminal,
) -> Status {
    let mut writer = Writer::new();
    for input in inputs {
        writer.reads(&input.path);
    }
    let mut status = Status::Clean;
    for one in purposes {
        if let Err(fault) = purposes_of(&mut writer, output, one) {
            terminal.finding(&fault);
            status = Status::CouldNotRun;
        }
    }
    for (found, looked) in of_input {
        let with_text = matches!(found, Ok(None));
        if let Some(looked) = looked
            && let Err(fault) = lists_of(&mut writer, output, looked, with_text)
        {
            terminal.finding(&fault);
            status = Status::CouldNotRun;
        }
    }
    status
}

/// Writes the text and the rule file, where they differ from what is there. The versions before are kept beside them.
fn purposes_of(writer: &mut Writer, output: &Path, imported: &Imported) -> Result<(), Fault> {
    let draft = &imported.draft;
    let files = [
        (draft.text_path(), &draft.text),
        (draft.rule_path(), &imported.rules),
    ];
    for (path, text) in files {
        writer.write_beneath(output, Path::new(&path), text.as_bytes(), Previous::Keep)?;
    }
    Ok(())
}

/// Writes the drafted lists of a document, with the text that they speak of unless its purposes are
/// written with it. A list that is there is kept: what a person settled in it is not read again.
fn lists_of(
    writer: &mut Writer,
    output: &Path,
    looked: &Looked,
    with_text: bool,
) -> Result<(), Fault> {
    for list in &looked.lists {
        if output.join(&list.rule_path).exists() {
            continue;
        }
        let text = (&list.text_path, &looked.text);
        let files = [
            Some((&list.rule_path, &list.rules)),
            with_text.then_some(text),
        ];
        for (path, text) in files.into_iter().flatten() {
            writer.write_beneath(output, Path::new(path), text.as_bytes(), Previous::Keep)?;
        }
    }
    Ok(())
}
