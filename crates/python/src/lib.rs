//! The engine of mokuteki for Python: what `mokuteki._mokuteki` is made of. What people use is the package around it,
//! `python/mokuteki`; its types stand in `_mokuteki.pyi`.

#![expect(
    clippy::needless_pass_by_value,
    reason = "what Python hands over is taken out of its objects"
)]

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use mokuteki::{
    decision::{NamedPermit, NamedSink},
    flow::{FIELDS as NAMES, Field},
    report::Lang,
    rules::Source,
};
use mokuteki_door::{Coded, Door, FIELDS, Fault, IdColumns, Written, number_of, said, token};
use pyo3::{
    exceptions::PyValueError,
    prelude::*,
    types::{PyBytes, PyString},
};

/// The exception of a fault: `mokuteki._errors` has a class for each status.
fn raised(py: Python<'_>, fault: &Fault) -> PyErr {
    let made = py
        .import("mokuteki._errors")
        .and_then(|errors| errors.call_method1("of", (fault.status.number(), fault.json())));
    match made {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

fn lang(language: &str) -> PyResult<Lang> {
    match language {
        "ja" => Ok(Lang::Ja),
        "en" => Ok(Lang::En),
        _ => Err(PyValueError::new_err("lang is \"ja\" or \"en\"")),
    }
}

/// Fifteen texts, in the order of the contract.
fn written(fields: &[String]) -> PyResult<Written<'_>> {
    let mut written = Written::default();
    if fields.len() != FIELDS {
        return Err(PyValueError::new_err("a flow has 15 fields"));
    }
    for (place, field) in written.0.iter_mut().zip(fields) {
        *place = field;
    }
    Ok(written)
}

/// Numbers of 4 bytes, as `array("i").tobytes()` gives them.
fn numbers<T>(bytes: &[u8], number: impl Fn([u8; 4]) -> T) -> PyResult<Vec<T>> {
    let (numbers, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(PyValueError::new_err("a column has 4 bytes a row"));
    }
    Ok(numbers.iter().map(|bytes| number(*bytes)).collect())
}

/// Verdicts as they are, clauses as numbers of 4 bytes.
type Answers<'py> = (Bound<'py, PyBytes>, Bound<'py, PyBytes>);

fn answers<'py>(py: Python<'py>, verdicts: &[u8], clauses: &[u32]) -> Answers<'py> {
    let clauses: Vec<u8> = clauses
        .iter()
        .flat_map(|clause| clause.to_ne_bytes())
        .collect();
    (PyBytes::new(py, verdicts), PyBytes::new(py, &clauses))
}

/// A set of rules that can be exchanged and closed.
#[pyclass(frozen, module = "mokuteki._mokuteki")]
#[derive(Debug)]
struct Rules(RwLock<Option<Arc<Door>>>);

impl Rules {
    fn of(py: Python<'_>, door: impl FnOnce() -> Result<Door, Fault> + Send) -> PyResult<Self> {
        let door = py.detach(door).map_err(|fault| raised(py, &fault))?;
        Ok(Self(RwLock::new(Some(Arc::new(door)))))
    }

    /// What `work` does with the door, while other threads of Python go on.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&Door) -> Result<T, Fault> + Send,
    ) -> PyResult<T> {
        let door = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let done = py.detach(|| match door {
            Some(door) => work(&door),
            None => Err(Fault::closed("engine")),
        });
        done.map_err(|fault| raised(py, &fault))
    }
}

#[pymethods]
impl Rules {
    #[staticmethod]
    fn embedded(py: Python<'_>) -> PyResult<Self> {
        Self::of(py, || Door::embedded(Lang::En))
    }

    #[staticmethod]
    fn from_dir(py: Python<'_>, dir: PathBuf, language: &str) -> PyResult<Self> {
        let lang = lang(language)?;
        Self::of(py, || Door::from_dir(&dir, lang))
    }

    #[staticmethod]
    fn with_files(py: Python<'_>, files: Vec<(String, Vec<u8>)>, language: &str) -> PyResult<Self> {
        let lang = lang(language)?;
        let files = files
            .into_iter()
            .map(|(path, bytes)| Source { path, bytes });
        let files = files.collect();
        Self::of(py, || Door::with_files(files, lang))
    }

    fn close(&self) {
        let mut door = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *door = None;
    }

    fn reload(&self, py: Python<'_>, dir: Option<PathBuf>, language: &str) -> PyResult<u64> {
        let lang = lang(language)?;
        self.with(py, |door| door.reload(dir.as_deref(), lang))
    }

    fn digest(&self, py: Python<'_>) -> PyResult<String> {
        self.with(py, |door| Ok(door.rules().engine().digest().to_owned()))
    }

    fn generation(&self, py: Python<'_>) -> PyResult<u64> {
        self.with(py, |door| Ok(door.rules().generation()))
    }

    fn check(&self, py: Python<'_>, fields: Vec<String>, language: &str) -> PyResult<(u8, String)> {
        let (written, lang) = (written(&fields)?, lang(language)?);
        let checked = self.with(py, |door| door.rules().check(&written, lang))?;
        Ok((number_of(checked.verdict), checked.json))
    }

    fn permit(
        &self,
        py: Python<'_>,
        fields: Vec<String>,
        sink: (String, String),
        accepted: &str,
        language: &str,
    ) -> PyResult<Permit> {
        let (written, lang) = (written(&fields)?, lang(language)?);
        let named = NamedSink {
            name: &sink.0,
            recipient: &sink.1,
        };
        self.with(py, |door| {
            door.rules().permit(&written, named, accepted, lang)
        })
        .map(Permit)
    }

    fn resolve(
        &self,
        py: Python<'_>,
        generation: u64,
        field: &str,
        name: &str,
        at: (u32, u32),
    ) -> PyResult<u32> {
        let known = || PyValueError::new_err(format!("a flow has no field {field}: {NAMES:?}"));
        let field = Field::of(field).ok_or_else(known)?;
        self.with(py, |door| door.rules().resolve(generation, field, name, at))
    }

    fn decide_ids<'py>(
        &self,
        py: Python<'py>,
        generation: u64,
        rows: usize,
        columns: [Option<Vec<u8>>; FIELDS],
    ) -> PyResult<Answers<'py>> {
        let ids = columns.each_ref().map(|column| {
            let column = column
                .as_deref()
                .map(|bytes| numbers(bytes, u32::from_ne_bytes));
            column.transpose()
        });
        let mut held: [Option<Vec<u32>>; FIELDS] = Default::default();
        for (held, ids) in held.iter_mut().zip(ids) {
            *held = ids?;
        }
        let (mut verdicts, mut clauses) = (vec![0; rows], vec![0; rows]);
        self.with(py, |door| {
            let columns = held.each_ref().map(Option::as_deref);
            let columns = IdColumns {
                generation,
                columns,
            };
            door.rules()
                .decide_ids(&columns, &mut verdicts, &mut clauses)
        })?;
        Ok(answers(py, &verdicts, &clauses))
    }

    fn decide_coded<'py>(
        &self,
        py: Python<'py>,
        rows: usize,
        columns: [Option<(Vec<String>, Vec<u8>)>; FIELDS],
    ) -> PyResult<Answers<'py>> {
        let mut codes: [Vec<i32>; FIELDS] = Default::default();
        for (codes, column) in codes.iter_mut().zip(&columns) {
            if let Some((_, bytes)) = column {
                *codes = numbers(bytes, i32::from_ne_bytes)?;
            }
        }
        let (mut verdicts, mut clauses) = (vec![0; rows], vec![0; rows]);
        self.with(py, |door| {
            let names = columns.each_ref().map(|column| {
                let names = column
                    .as_ref()
                    .map(|(names, _)| names.iter().map(String::as_str));
                names.map(Iterator::collect::<Vec<&str>>)
            });
            let mut coded: [Option<Coded<'_>>; FIELDS] = [None; FIELDS];
            for ((coded, names), codes) in coded.iter_mut().zip(&names).zip(&codes) {
                *coded = names.as_deref().map(|names| Coded { names, codes });
            }
            door.rules()
                .decide_coded(&coded, &mut verdicts, &mut clauses)
        })?;
        Ok(answers(py, &verdicts, &clauses))
    }

    fn clause(&self, py: Python<'_>, generation: u64, clause: u32) -> PyResult<String> {
        self.with(py, |door| door.rules().label(generation, clause))
    }
}

/// Proof that one flow to one sink was decided and permitted. Only an engine makes it.
#[pyclass(frozen, module = "mokuteki")]
#[derive(Debug)]
struct Permit(NamedPermit);

#[pymethods]
impl Permit {
    fn json(&self) -> String {
        said(&self.0)
    }

    fn token(&self, py: Python<'_>, key: &[u8]) -> PyResult<String> {
        token(&self.0, key).map_err(|fault| raised(py, &fault))
    }
}

#[pyfunction]
fn verify(
    py: Python<'_>,
    token: &Bound<'_, PyString>,
    key: &[u8],
    sink: &str,
    language: &str,
) -> PyResult<String> {
    // A text with a half of a character is no token.
    let token = token.to_string_lossy();
    mokuteki_door::verify(&token, key, sink, lang(language)?).map_err(|fault| raised(py, &fault))
}

/// Panics, to show that it becomes an exception.
#[cfg(feature = "probe")]
#[pyfunction]
fn probe_panic() {
    std::panic::panic_any("the probe");
}

#[pymodule]
fn _mokuteki(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("FIELDS", NAMES.to_vec())?;
    module.add_class::<Rules>()?;
    module.add_class::<Permit>()?;
    #[cfg(feature = "probe")]
    module.add_function(wrap_pyfunction!(probe_panic, module)?)?;
    module.add_function(wrap_pyfunction!(verify, module)?)
}
