//! Segmentation of published notices.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

#[path = "import/corpus.rs"]
mod corpus;
#[path = "import/generator.rs"]
mod generator;
#[path = "import/layout.rs"]
mod layout;
#[path = "import/layouts.rs"]
mod layouts;
#[path = "import/properties.rs"]
mod properties;
#[path = "import/render.rs"]
mod render;
#[path = "import/shipped.rs"]
mod shipped;
