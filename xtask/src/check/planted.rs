//! Small trees of files in which tests plant what a check must refuse.

use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The repository that this program is compiled in.
pub(super) const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A folder that is gone with its owner.
pub(super) struct Tree(TempDir);

impl Tree {
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Self(folder)
    }

    pub(super) fn root(&self) -> &Path {
        self.0.path()
    }
}
