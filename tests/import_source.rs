//! Documents of every kind as lines, and these as outlines.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "import_source/encodings.rs"]
mod encodings;
#[path = "import_source/html.rs"]
mod html;
#[path = "import_source/pdf.rs"]
mod pdf;
#[path = "import_source/properties.rs"]
mod properties;
#[path = "import/render.rs"]
mod render;
