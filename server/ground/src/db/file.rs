//! The file of a SQLite database: it is made for its owner's eyes only, and what stands in its way is said with its
//! name. SQLite gives its side files the rights of the database, and says "unable to open" whatever the reason is.

use super::Error;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::path::Path;

#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};

/// Makes `path`, folder included, where it is missing, readable and writable by its owner alone.
///
/// # Errors
/// [`Error::Unfit`] with the path, the reason and who could not, in one line.
pub fn prepare(path: &Path) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| unfit(folder, "made", &error))?;
    }
    let file = private(OpenOptions::new().read(true).write(true).create(true), path);
    close_to_others(&file.map_err(|error| unfit(path, "written", &error))?);
    Ok(())
}

/// Makes `path` anew, readable and writable by its owner alone.
///
/// # Errors
/// [`Error::Unfit`] as in [`prepare`]; also when it is there already.
pub fn create(path: &Path) -> Result<(), Error> {
    private(OpenOptions::new().write(true).create_new(true), path).map_err(|error| unfit(path, "written", &error))?;
    Ok(())
}

fn private(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path)
}

/// One that was made by an older version. Whoever may not change its rights, because it belongs to somebody else, may
/// still use it.
fn close_to_others(file: &File) {
    #[cfg(unix)]
    if file.metadata().is_ok_and(|about| about.permissions().mode() & 0o077 != 0) {
        let _ = file.set_permissions(Permissions::from_mode(0o600));
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

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_file_is_its_owners_alone_whoever_made_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/t.db");
        prepare(&path).unwrap();
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        prepare(&path).unwrap();
        assert_eq!(mode(&path), 0o600);
        let copy = folder.path().join("copy.db");
        create(&copy).unwrap();
        assert_eq!(mode(&copy), 0o600);
    }

    #[test]
    fn what_stands_in_the_way_is_one_line_with_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let error = prepare(folder.path()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{} cannot be written by uid ", folder.path().display())), "{error}");
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let error = prepare(&file.join("below/t.db")).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}/below cannot be made by uid ", file.display())), "{error}");
        assert!(create(&file).is_err() && !error.contains('\n'));
    }
}
