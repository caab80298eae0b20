//! What the browser loads: it starts the reactive system; `start.js` then wakes each island of the page.

// Named so that the linker keeps the islands' entry points.
use islands as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by `start.js`, before the first island.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
