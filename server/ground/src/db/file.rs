//! The file of a SQLite database. SQLite says "unable to open" whatever the reason is, so it is made and opened here
//! first; SQLite gives its side files the same rights.

use super::Error;
use crate::private_file;
use std::path::Path;
use std::{fs, io};

#[cfg(unix)]
use std::os::unix::fs::MetadataExt;

/// Makes `path`, folder included, where it is missing, for its owner alone.
///
/// # Errors
/// [`Error::Unfit`] with the path, the reason and who could not, in one line.
pub(super) fn prepare(path: &Path) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| unfit(folder, "made", &error))?;
    }
    private_file::open(path).map_err(|error| unfit(path, "written", &error))?;
    Ok(())
}

fn unfit(path: &Path, what: &str, error: &io::Error) -> Error {
    Error::Unfit(format!("{} cannot be {what} by {}: {error}", path.display(), who()))
}

#[cfg(unix)]
fn who() -> String {
    fs::metadata("/proc/self").map_or_else(|_| "this user".to_owned(), |about| format!("uid {}", about.uid()))
}

#[cfg(not(unix))]
fn who() -> String {
    "this user".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_is_one_line_with_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let error = prepare(folder.path()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{} cannot be written by uid ", folder.path().display())), "{error}");
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let error = prepare(&file.join("below/t.db")).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}/below cannot be made by uid ", file.display())), "{error}");
        assert!(!error.contains('\n'));
        prepare(&folder.path().join("data/t.db")).unwrap();
    }
}
