//! The calls. `include/mokuteki.h` is written from here.

use std::{ffi::c_char, path::Path};

use mokuteki::{decision::NamedSink, flow::Field, report::Lang, rules::Source};
use mokuteki_door::{
    Coded, Door, FIELDS, Fault, IdColumns, Written, number_of, said, token, verify,
};

use crate::{
    constants::{MOKUTEKI_ABI, MOKUTEKI_ENGLISH, MOKUTEKI_JAPANESE},
    handles,
    raw::{self, Room},
};

/// A text: UTF-8, without a zero at its end. Null with a length of 0 is the empty text.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mokuteki_text {
    /// The first byte.
    pub at: *const c_char,
    /// How many bytes.
    pub length: usize,
}

/// A flow as written: a text for each field, by `MOKUTEKI_FIELD_…`; one that is empty leaves the field open.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mokuteki_flow {
    /// The fields.
    pub field: [mokuteki_text; 15],
}

/// A file of rules in memory, such as `terms/ours.toml`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mokuteki_file {
    /// Its path among the rules, with `/`.
    pub path: mokuteki_text,
    /// Its bytes.
    pub bytes: mokuteki_text,
}

/// Rows of ids. A column that is null leaves its field open in every row; one that is not has `rows` ids, where 0 leaves
/// the field open. `as_of` has days such as 20260401; `under` has no ids and is null.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mokuteki_ids {
    /// The rules that resolved the ids, as `mokuteki_generation` gives them.
    pub generation: u64,
    /// How many rows.
    pub rows: usize,
    /// The columns, by `MOKUTEKI_FIELD_…`.
    pub column: [*const u32; 15],
}

/// A column of dictionary-coded texts. Without codes it leaves its field open in every row.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mokuteki_coded {
    /// The texts.
    pub names: *const mokuteki_text,
    /// How many texts.
    pub names_length: usize,
    /// For each row the place of its text; a negative one leaves the field open.
    pub codes: *const i32,
}

/// The version of the interface of this library: `MOKUTEKI_ABI` of the header that it was built with. A program that was
/// compiled with a higher one must not go on.
#[unsafe(no_mangle)]
pub extern "C" fn mokuteki_abi() -> u32 {
    MOKUTEKI_ABI
}

fn lang(language: u32) -> Result<Lang, Fault> {
    match language {
        MOKUTEKI_ENGLISH => Ok(Lang::En),
        MOKUTEKI_JAPANESE => Ok(Lang::Ja),
        _ => Err(Fault::argument("language", "no number of a language")),
    }
}

fn field(number: u32) -> Result<Field, Fault> {
    let at = usize::try_from(number).ok();
    let field = at.and_then(|at| Field::ALL.get(at)).copied();
    field.ok_or_else(|| Fault::argument("field", "no number of a field"))
}

/// # Safety
///
/// As for [`raw::values`], for each text.
unsafe fn written<'a>(flow: *const mokuteki_flow) -> Result<Written<'a>, Fault> {
    // SAFETY: what this function is given is what `values` asks for.
    let [flow] = unsafe { raw::values("flow", flow, 1) }? else {
        return Err(Fault::argument("flow", "no flow"));
    };
    let mut written = Written::default();
    let places = written.0.iter_mut().zip(flow.field).zip(Field::ALL);
    for ((place, text), field) in places {
        // SAFETY: as above.
        *place = unsafe { raw::text(field.name(), text.at, text.length) }?;
    }
    Ok(written)
}

/// Opens an engine by the rules that ship with the library. Free it with `mokuteki_free`.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_open_embedded(engine: *mut u64) -> i32 {
    raw::call(|| {
        // Asked before the work, so that nothing is opened whose handle cannot be given.
        // SAFETY: the caller gives room for a handle, or null.
        unsafe { raw::write("engine", engine, 0) }?;
        let handle = handles::add_engine(Door::embedded(Lang::En)?);
        // SAFETY: as above.
        unsafe { raw::write("engine", engine, handle) }
    })
}

/// Opens an engine by the rules of a directory. `language` is that of what is said of rules that do not check.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_open_directory(
    path: *const c_char,
    path_length: usize,
    language: u32,
    engine: *mut u64,
) -> i32 {
    raw::call(|| {
        // SAFETY: the caller gives room for a handle, or null.
        unsafe { raw::write("engine", engine, 0) }?;
        // SAFETY: the caller gives `path_length` bytes, or null.
        let path = unsafe { raw::text("path", path, path_length) }?;
        let handle = handles::add_engine(Door::from_dir(Path::new(path), lang(language)?)?);
        // SAFETY: as above.
        unsafe { raw::write("engine", engine, handle) }
    })
}

/// Opens an engine by the rules that ship with the library and files beside them that the caller has in memory, such as the
/// terms of a team. A file with the path of one that ships takes its place.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_open_files(
    files: *const mokuteki_file,
    files_length: usize,
    language: u32,
    engine: *mut u64,
) -> i32 {
    raw::call(|| {
        // SAFETY: the caller gives room for a handle, or null.
        unsafe { raw::write("engine", engine, 0) }?;
        // SAFETY: the caller gives `files_length` files, or null.
        let files = unsafe { raw::values("files", files, files_length) }?;
        let files = files.iter().map(|file| {
            // SAFETY: each text of the caller has as many bytes as it says, or is null.
            let path = unsafe { raw::text("path", file.path.at, file.path.length) }?;
            // SAFETY: as above.
            let bytes =
                unsafe { raw::values("bytes", file.bytes.at.cast::<u8>(), file.bytes.length) }?;
            Ok(Source {
                path: path.to_owned(),
                bytes: bytes.to_vec(),
            })
        });
        let files = files.collect::<Result<Vec<_>, Fault>>()?;
        let handle = handles::add_engine(Door::with_files(files, lang(language)?)?);
        // SAFETY: as above.
        unsafe { raw::write("engine", engine, handle) }
    })
}

/// Decides by other rules from now on: those of a directory or, where the path is empty, those that ship with the library.
/// Calls that run in other threads go on with the rules they began with. Where the rules do not check, those of before
/// stay. Ids of before are refused.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_reload(
    engine: u64,
    path: *const c_char,
    path_length: usize,
    language: u32,
) -> i32 {
    raw::call(|| {
        // SAFETY: the caller gives `path_length` bytes, or null.
        let path = unsafe { raw::text("path", path, path_length) }?;
        let dir = Some(Path::new(path)).filter(|_| !path.is_empty());
        let language = lang(language)?;
        handles::with_engine(engine, |door| door.reload(dir, language).map(drop))
    })
}

/// The SHA-256 of the rules, in hex.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_digest(
    engine: u64,
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    let room = Room {
        at: buffer,
        capacity,
        length,
    };
    raw::call(|| {
        handles::with_engine(engine, |door| {
            let rules = door.rules();
            // SAFETY: the caller gives `capacity` bytes and room for a length, or null.
            unsafe { room.fill(rules.engine().digest()) }
        })
    })
}

/// The number of the rules of now, which ids belong to.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_generation(engine: u64, generation: *mut u64) -> i32 {
    raw::call(|| {
        let now = handles::with_engine(engine, |door| Ok(door.rules().generation()))?;
        // SAFETY: the caller gives room for a number, or null.
        unsafe { raw::write("generation", generation, now) }
    })
}

/// The id of a name (an id, a label or a synonym) in a field. `society` and `as_of` are looked at for
/// `MOKUTEKI_FIELD_BASIS` alone, whose citations are read as that society's notice prints them on that day, as in 20260401.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_resolve(
    engine: u64,
    generation: u64,
    field_number: u32,
    name: *const c_char,
    name_length: usize,
    society: u32,
    as_of: u32,
    id: *mut u32,
) -> i32 {
    raw::call(|| {
        // SAFETY: the caller gives room for an id, or null.
        unsafe { raw::write("id", id, 0) }?;
        // SAFETY: the caller gives `name_length` bytes, or null.
        let name = unsafe { raw::text("name", name, name_length) }?;
        let of = field(field_number)?;
        let found = handles::with_engine(engine, |door| {
            door.rules().resolve(generation, of, name, (society, as_of))
        })?;
        // SAFETY: as above.
        unsafe { raw::write("id", id, found) }
    })
}

/// Decides a flow and writes its record, JSON as docs/record.md says. The verdict is written even where the buffer is too
/// small for the record.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_check(
    engine: u64,
    flow: *const mokuteki_flow,
    language: u32,
    verdict: *mut u8,
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    let room = Room {
        at: buffer,
        capacity,
        length,
    };
    raw::call(|| {
        // SAFETY: the caller gives room for a verdict, or null.
        unsafe { raw::write("verdict", verdict, mokuteki_door::NOT_DECIDED) }?;
        // SAFETY: the caller gives a flow whose texts have as many bytes as they say, or null.
        let written = unsafe { written(flow) }?;
        let language = lang(language)?;
        let checked = handles::with_engine(engine, |door| door.rules().check(&written, language))?;
        // SAFETY: as above.
        unsafe { raw::write("verdict", verdict, number_of(checked.verdict)) }?;
        // SAFETY: the caller gives `capacity` bytes and room for a length, or null.
        unsafe { room.fill(&checked.json) }
    })
}

/// Decides rows of ids. `verdicts` and `clauses` have a place for each row: the verdict, `MOKUTEKI_NOT_DECIDED` where a flow
/// of these words cannot be read, and the number of the primary clause, 0 for none. Where the call fails, every verdict is
/// `MOKUTEKI_NOT_DECIDED`, if there is room for them.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_decide_ids(
    engine: u64,
    ids: *const mokuteki_ids,
    verdicts: *mut u8,
    clauses: *mut u32,
) -> i32 {
    raw::call(|| {
        // SAFETY: the caller gives a struct of columns, or null.
        let [ids] = unsafe { raw::values("ids", ids, 1) }? else {
            return Err(Fault::argument("ids", "no columns"));
        };
        // SAFETY: the caller gives room for as many verdicts as there are rows, or null, which nobody else uses.
        let verdicts = unsafe { raw::room("verdicts", verdicts, ids.rows) }?;
        // SAFETY: as above, of clauses.
        let clauses = unsafe { raw::room("clauses", clauses, ids.rows) }?;
        let mut columns: [Option<&[u32]>; FIELDS] = [None; FIELDS];
        for ((column, at), field) in columns.iter_mut().zip(ids.column).zip(Field::ALL) {
            if !at.is_null() {
                // SAFETY: the caller gives a column of as many ids as there are rows.
                *column = Some(unsafe { raw::values(field.name(), at, ids.rows) }?);
            }
        }
        let columns = IdColumns {
            generation: ids.generation,
            columns,
        };
        handles::with_engine(engine, |door| {
            door.rules().decide_ids(&columns, verdicts, clauses)
        })
    })
}

/// Decides rows of dictionary-coded texts, 15 columns by `MOKUTEKI_FIELD_…`. What is written is as for
/// `mokuteki_decide_ids`. Rows that say the same are decided once.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_decide_coded(
    engine: u64,
    columns: *const mokuteki_coded,
    rows: usize,
    verdicts: *mut u8,
    clauses: *mut u32,
) -> i32 {
    raw::call(|| {
        // SAFETY: the caller gives room for as many verdicts as there are rows, or null, which nobody else uses.
        let verdicts = unsafe { raw::room("verdicts", verdicts, rows) }?;
        // SAFETY: as above, of clauses.
        let clauses = unsafe { raw::room("clauses", clauses, rows) }?;
        // SAFETY: the caller gives a column for each field, or null.
        let given = unsafe { raw::values("columns", columns, FIELDS) }?;
        let mut names: [Vec<&str>; FIELDS] = Default::default();
        for ((names, given), field) in names.iter_mut().zip(given).zip(Field::ALL) {
            // SAFETY: the caller gives as many texts as the column says, or null.
            let texts = unsafe { raw::values(field.name(), given.names, given.names_length) }?;
            let texts = texts.iter().map(|text| {
                // SAFETY: each text has as many bytes as it says, or is null.
                unsafe { raw::text(field.name(), text.at, text.length) }
            });
            *names = texts.collect::<Result<_, Fault>>()?;
        }
        let mut coded: [Option<Coded<'_>>; FIELDS] = [None; FIELDS];
        let places = coded.iter_mut().zip(given).zip(&names).zip(Field::ALL);
        for (((coded, given), names), field) in places {
            if !given.codes.is_null() {
                // SAFETY: the caller gives a code for each row.
                let codes = unsafe { raw::values(field.name(), given.codes, rows) }?;
                *coded = Some(Coded { names, codes });
            }
        }
        handles::with_engine(engine, |door| {
            door.rules().decide_coded(&coded, verdicts, clauses)
        })
    })
}

/// The label of a clause by its number in `clauses`, with its society, as in `aeon 5-3`. The generation is that of the
/// rules which decided.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_clause(
    engine: u64,
    generation: u64,
    clause: u32,
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    let room = Room {
        at: buffer,
        capacity,
        length,
    };
    raw::call(|| {
        let label = handles::with_engine(engine, |door| door.rules().label(generation, clause))?;
        // SAFETY: the caller gives `capacity` bytes and room for a length, or null.
        unsafe { room.fill(&label) }
    })
}

/// Gives a permit for a flow of one kind of data to a sink, or says why there is none. `accepted` are the codes, separated
/// by `;`, of what rests on the caller's word and is accepted by name. The permit owns what it says and outlives a reload
/// and the engine; free it with `mokuteki_free`.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_permit(
    engine: u64,
    flow: *const mokuteki_flow,
    sink: *const mokuteki_text,
    recipient: *const mokuteki_text,
    accepted: *const mokuteki_text,
    language: u32,
    permit: *mut u64,
) -> i32 {
    raw::call(|| {
        // SAFETY: the caller gives room for a handle, or null.
        unsafe { raw::write("permit", permit, 0) }?;
        // SAFETY: the caller gives a flow whose texts have as many bytes as they say, or null.
        let written = unsafe { written(flow) }?;
        // SAFETY: the caller gives a text that has as many bytes as it says, or null.
        let name = unsafe { one("sink", sink) }?;
        // SAFETY: as above.
        let recipient = unsafe { one("recipient", recipient) }?;
        // SAFETY: as above.
        let accepted = unsafe { one("accepted", accepted) }?;
        let language = lang(language)?;
        let given = handles::with_engine(engine, |door| {
            let sink = NamedSink { name, recipient };
            door.rules().permit(&written, sink, accepted, language)
        })?;
        let handle = handles::add_permit(given);
        // SAFETY: as above.
        unsafe { raw::write("permit", permit, handle) }
    })
}

/// The text at a pointer; null is the empty one.
///
/// # Safety
///
/// As for [`raw::values`], for the text and its bytes.
unsafe fn one<'a>(name: &str, text: *const mokuteki_text) -> Result<&'a str, Fault> {
    if text.is_null() {
        return Ok("");
    }
    // SAFETY: what this function is given is what `values` asks for.
    let [text] = unsafe { raw::values(name, text, 1) }? else {
        return Ok("");
    };
    // SAFETY: as above.
    unsafe { raw::text(name, text.at, text.length) }
}

/// What a permit says, as JSON: sink, flow, clause_id, clause, digest, accepted, persons, events.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_permit_record(
    permit: u64,
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    let room = Room {
        at: buffer,
        capacity,
        length,
    };
    raw::call(|| {
        let record = said(&*handles::permit(permit)?);
        // SAFETY: the caller gives `capacity` bytes and room for a length, or null.
        unsafe { room.fill(&record) }
    })
}

/// The token of a permit, sealed by a key of the caller of 16 bytes or more. Whoever has the key can make a token: keep it
/// where decisions are made and where they are checked.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_token(
    permit: u64,
    key: *const u8,
    key_length: usize,
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    let room = Room {
        at: buffer,
        capacity,
        length,
    };
    raw::call(|| {
        // SAFETY: the caller gives `key_length` bytes, or null.
        let key = unsafe { raw::values("key", key, key_length) }?;
        let token = token(&*handles::permit(permit)?, key)?;
        // SAFETY: the caller gives `capacity` bytes and room for a length, or null.
        unsafe { room.fill(&token) }
    })
}

/// Reads a token that a key has sealed for a sink, and writes what its permit says, as `mokuteki_permit_record` does. It
/// needs no engine. That the day of the flow is today, and the flow the one at hand, is for the caller to compare.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_verify(
    token: *const mokuteki_text,
    key: *const u8,
    key_length: usize,
    sink: *const mokuteki_text,
    language: u32,
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    let room = Room {
        at: buffer,
        capacity,
        length,
    };
    raw::call(|| {
        // SAFETY: the caller gives a text that has as many bytes as it says, or null.
        let token = unsafe { one("token", token) }?;
        // SAFETY: as above.
        let sink = unsafe { one("sink", sink) }?;
        // SAFETY: the caller gives `key_length` bytes, or null.
        let key = unsafe { raw::values("key", key, key_length) }?;
        let record = verify(token, key, sink, lang(language)?)?;
        // SAFETY: the caller gives `capacity` bytes and room for a length, or null.
        unsafe { room.fill(&record) }
    })
}

/// Frees an engine or a permit. Calls that run in other threads end as they began; a handle that was freed already is
/// `MOKUTEKI_CLOSED`, and nothing else happens.
#[unsafe(no_mangle)]
pub extern "C" fn mokuteki_free(handle: u64) -> i32 {
    raw::call(|| handles::free(handle))
}

/// What went wrong last in this thread, as JSON: `{"id":null,"error":{"code","field","message","help","more"}}`; empty where
/// nothing has. A buffer that was too small is not kept.
///
/// # Safety
///
/// Pointers are as the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mokuteki_last_error(
    buffer: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    let room = Room {
        at: buffer,
        capacity,
        length,
    };
    raw::call(|| {
        // SAFETY: the caller gives `capacity` bytes and room for a length, or null.
        unsafe { room.fill(&handles::last()) }
    })
}
