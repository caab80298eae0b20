//! Files that are their owner's alone: a database, a copy of it, a key. Others on the machine cannot read them,
//! whatever the owner's umask is.

use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::path::Path;

#[cfg(unix)]
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};

/// Makes `path` and opens it for writing.
///
/// # Errors
/// Also when it is there already.
pub fn create(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().write(true).create_new(true)).open(path)
}

/// Opens `path` for reading and writing; makes it where it is missing. Takes it from others where they could read it:
/// an older version may have made it.
///
/// # Errors
/// When it cannot be opened. Whoever may not change its rights, because it belongs to somebody else, may still use it.
pub fn open(path: &Path) -> io::Result<File> {
    let file = private(OpenOptions::new().read(true).write(true).create(true)).open(path)?;
    #[cfg(unix)]
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        let _ = file.set_permissions(Permissions::from_mode(0o600));
    }
    Ok(file)
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    options.mode(0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_its_owners_alone_whoever_made_it() {
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        let (kept, new) = (folder.path().join("t.db"), folder.path().join("copy.db"));
        open(&kept).unwrap();
        assert_eq!(mode(&kept), 0o600);
        std::fs::set_permissions(&kept, Permissions::from_mode(0o644)).unwrap();
        open(&kept).unwrap();
        assert_eq!(mode(&kept), 0o600);
        create(&new).unwrap();
        assert_eq!(mode(&new), 0o600);
        assert!(create(&new).is_err(), "nothing is written over");
    }
}
