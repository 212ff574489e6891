//! The engine through its public face: adjudicated flows, citations, the law by days, batches and reloads.

mod architecture;
mod batch;
mod cases;
mod citations;
mod decisions;
mod edges;
mod embedding;
mod golden;
mod law;
mod lists;
mod mutation;
mod places;
mod reload;
mod scale;
mod short;
#[path = "../../benches/engine/societies.rs"]
mod societies;
mod tables;
mod vectors;
