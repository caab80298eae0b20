//! What the browsers of producers and staff load: what buyers have too, and the controls of the area. It starts the
//! reactive system; `app/client/src/start.js`, which every bundle ends in, then wakes each island of the page.

// Named so that the linker keeps the islands' entry points.
use controls as _;
use islands as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by `start.js`, before the first island.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
