//! The file of a SQLite database. SQLite says "unable to open" whatever the reason is, so it is made and opened here
//! first; SQLite gives its side files the same rights.

use super::Error;
use crate::private_file;
use std::path::Path;
use std::{fs, io};

#[cfg(unix)]
use std::os::unix::fs::MetadataExt;

/// What SQLite says when it cannot make its files beside the database.
const READONLY_DIRECTORY: &str = "1544";

/// Makes `path`, folder included, where it is missing and `is_made`, for its owner alone.
///
/// # Errors
/// [`Error::Unfit`] with the path, the reason and who could not, in one line.
pub(super) fn prepare(path: &Path, is_made: bool) -> Result<(), Error> {
    if !is_made && !path.exists() {
        return Err(Error::Unfit(format!("{} is not there", path.display())));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| unfit(folder, "made", &error))?;
    }
    private_file::open(path).map_err(|error| unfit(path, "written", &error))?;
    for side in ["-wal", "-shm"] {
        let side = path.with_file_name(format!("{}{side}", path.file_name().unwrap_or_default().display()));
        if side.exists() {
            fs::File::options().write(true).open(&side).map_err(|error| unfit(&side, "written", &error))?;
        }
    }
    Ok(())
}

/// What SQLite says of the file itself, with the path: that it is no database, or that a file beside it cannot be made.
pub(super) fn unfit_for_use(path: &Path, error: sqlx::Error) -> Error {
    match &error {
        sqlx::Error::Database(said) if said.code().as_deref() == Some(READONLY_DIRECTORY) => {
            let folder = path.parent().unwrap_or(path);
            unfit(folder, "written", &io::Error::from(io::ErrorKind::PermissionDenied))
        }
        sqlx::Error::Database(said) => Error::Unfit(format!("{} cannot be used by {}: {said}", path.display(), who())),
        _ => error.into(),
    }
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
        let error = prepare(folder.path(), true).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{} cannot be written by uid ", folder.path().display())), "{error}");
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let error = prepare(&file.join("below/t.db"), true).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}/below cannot be made by uid ", file.display())), "{error}");
        assert!(!error.contains('\n'));
        prepare(&folder.path().join("data/t.db"), true).unwrap();
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("letter.txt");
        fs::write(&file, "Dear Ana, ".repeat(50)).unwrap();
        let error = crate::db::Db::open(&format!("sqlite:{}", file.display())).await.err().unwrap().to_string();
        assert!(error.starts_with(&format!("{} cannot be used by uid ", file.display())), "{error}");
        assert!(error.ends_with("file is not a database") && !error.contains('\n'), "{error}");
    }
}
