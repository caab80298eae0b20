// Appended by `cargo xtask` to the module that wasm-bindgen writes, so that a page needs one script and no inline code.
// The page names the WebAssembly file at that script: its name carries a hash that this file must not depend on.
const start = async () => {
  const islands = document.querySelectorAll("leptos-island");
  if (!islands.length) return;
  await __wbg_init({ module_or_path: document.getElementById("client").dataset.wasm });
  const client = await import(import.meta.url);
  client.hydrate();
  for (const island of islands) {
    const wake = client[island.dataset.component];
    if (wake) wake(island);
    else console.warn(`The page and the script are of different builds: no island ${island.dataset.component}.`);
  }
};
start();
