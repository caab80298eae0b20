//! Puts everything the browser may ask for into the binary: the islands' code, the stylesheet and the files of
//! `public/`.
//!
//! The islands' code comes from `AFTERSALE_SITE_DIR`, or else from `<target>/site/pkg`, where `cargo xtask` puts it.
//! Without it the server works all the same: every page does without scripts.
//!
//! Writes `$OUT_DIR/assets.rs`, to be included by `src/assets.rs`. What lies under `/pkg/` carries a hash of its
//! content in its name and may be kept for ever.

#![expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]

#[path = "build/stylesheet.rs"]
mod stylesheet;

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Below this, and for pictures, compressing gains nothing.
const WORTH_COMPRESSING: usize = 200;

const HEAD: &str = "
/// A file that the browser may ask for.
#[derive(Debug)]
pub struct Asset {
    /// Address without the leading slash.
    pub path: &'static str,
    /// Value of the header `content-type`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: &'static [u8],
    /// The file after brotli, where that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// Value of the header `etag`, quotes included.
    pub etag: &'static str,
    /// The address changes with the content: it may be kept for a year.
    pub immutable: bool,
}
";

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder for output"));
    let root =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the folder of the crate")).join("..");
    println!("cargo::rerun-if-env-changed=AFTERSALE_SITE_DIR");
    for file in ["build.rs", "build/stylesheet.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    let mut assets = Assets { out, list: String::new(), count: 0 };
    let site = site(&assets.out)?;
    let [script, wasm] = assets.bundle(&site, "client")?;
    let [area_script, area_wasm] = assets.bundle(&site, "area")?;
    let style = assets.stylesheet(&watched(root.join("style")))?;
    assets.folder(&watched(root.join("public")), "")?;

    let mut code = String::from(HEAD);
    constant(&mut code, "CLIENT_JS", "Address of the islands' script; none in a build without them.", script);
    constant(&mut code, "CLIENT_WASM", "Address of the islands' WebAssembly; none in a build without them.", wasm);
    constant(&mut code, "AREA_JS", "Address of the script of the area; none in a build without it.", area_script);
    constant(&mut code, "AREA_WASM", "Address of the area's WebAssembly; none in a build without it.", area_wasm);
    constant(&mut code, "STYLE_CSS", "Address of the stylesheet.", style);
    let list = &assets.list;
    write!(code, "\n/// Every file, in no order.\npub static ASSETS: &[Asset] = &[\n{list}];\n").expect("memory");
    fs::write(assets.out.join("assets.rs"), code)
}

/// The folder with the islands' code, watched for changes.
fn site(out: &Path) -> io::Result<PathBuf> {
    if let Some(named) = env::var_os("AFTERSALE_SITE_DIR") {
        return Ok(watched(named.into()));
    }
    // $OUT_DIR is <target>/<profile>/build/<crate>/out, with the platform between when one is named.
    let target = out.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    let site = target.or_else(|| out.ancestors().nth(4)).expect("a target directory").join("site/pkg");
    // An absent folder would make cargo run this at every build.
    fs::create_dir_all(&site)?;
    Ok(watched(site))
}

fn watched(path: PathBuf) -> PathBuf {
    println!("cargo::rerun-if-changed={}", path.display());
    path
}

fn constant(code: &mut String, name: &str, about: &str, address: Option<String>) {
    let address = address.map(|path| format!("/{path}"));
    write!(code, "\n/// {about}\npub const {name}: Option<&str> = {address:?};\n").expect("memory");
}

/// What goes into the binary, as it is collected.
struct Assets {
    out: PathBuf,
    list: String,
    count: usize,
}

impl Assets {
    /// Script and WebAssembly of what the browsers of an audience load.
    fn bundle(&mut self, site: &Path, name: &str) -> io::Result<[Option<String>; 2]> {
        let script = self.hashed(&site.join(format!("{name}.js")), name, "js")?;
        Ok([script, self.hashed(&site.join(format!("{name}_bg.wasm")), name, "wasm")?])
    }

    /// A file under an address of its own content, if it is there.
    fn hashed(&mut self, file: &Path, stem: &str, kind: &str) -> io::Result<Option<String>> {
        if !file.is_file() {
            return Ok(None);
        }
        let bytes = fs::read(file)?;
        let path = format!("pkg/{stem}.{}.{kind}", &hash(&bytes)[..8]);
        self.add(&path, &bytes, true)?;
        Ok(Some(path))
    }

    fn stylesheet(&mut self, folder: &Path) -> io::Result<Option<String>> {
        if !folder.is_dir() {
            return Ok(None);
        }
        let css = self.out.join("aftersale.css");
        fs::write(&css, stylesheet::build(folder)?)?;
        self.hashed(&css, "aftersale", "css")
    }

    /// Every file of a folder, under its own name.
    fn folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        if !folder.is_dir() {
            return Ok(());
        }
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            } else if path.is_dir() {
                self.folder(&path, &format!("{prefix}{name}/"))?;
            } else {
                self.add(&format!("{prefix}{name}"), &fs::read(&path)?, false)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: &str, bytes: &[u8], immutable: bool) -> io::Result<()> {
        let content_type = content_type(path);
        let include = self.keep("", bytes)?;
        let brotli = match compressed(bytes, content_type)? {
            Some(small) => format!("Some({})", self.keep(".br", &small)?),
            None => "None".to_owned(),
        };
        self.count += 1;
        let etag = format!("\"{}\"", &hash(bytes)[..16]);
        writeln!(
            self.list,
            "    Asset {{ path: {path:?}, content_type: {content_type:?}, bytes: {include}, brotli: {brotli}, \
             etag: {etag:?}, immutable: {immutable} }},"
        )
        .expect("memory");
        Ok(())
    }

    /// Writes bytes beside the generated code; returns the expression that includes them.
    fn keep(&self, kind: &str, bytes: &[u8]) -> io::Result<String> {
        let name = format!("asset-{}{kind}", self.count);
        fs::write(self.out.join(&name), bytes)?;
        Ok(format!("include_bytes!({:?})", self.out.join(name)))
    }
}

fn compressed(bytes: &[u8], content_type: &str) -> io::Result<Option<Vec<u8>>> {
    let picture = content_type.starts_with("image/") && content_type != "image/svg+xml";
    if picture || content_type == "font/woff2" || bytes.len() < WORTH_COMPRESSING {
        return Ok(None);
    }
    let mut small = Vec::new();
    // Quality 11 and the largest window: done once, sent for months.
    brotli::CompressorWriter::new(&mut small, 4096, 11, 22).write_all(bytes)?;
    Ok((small.len() < bytes.len()).then_some(small))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        _ => "application/octet-stream",
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
