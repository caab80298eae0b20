//! The key that everything secret of an installation hangs on. In development one is made at the first start, beside
//! the SQLite database.

use crate::config::{Config, Secret};
use data_encoding::BASE64;
use portal::ports::Random;
use portal::private_file;
use sqlx::sqlite::SqliteConnectOptions;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoKey {
    /// A key beside the database is possible with SQLite only.
    #[error("needed with PostgreSQL: 32 random bytes or more")]
    Needed,
    /// The file cannot be read or made.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// The file holds something else.
    #[error("{0} holds no key: 32 bytes are needed")]
    Short(PathBuf),
}

/// The key that was set; else the one beside the database, made now if there is none yet.
///
/// # Errors
/// When there is none and none can be made.
pub(crate) fn find(config: &Config) -> Result<Secret, NoKey> {
    if let Some(key) = &config.secret_key {
        return Ok(key.clone());
    }
    let path = beside(config.database_url.expose()).ok_or(NoKey::Needed)?;
    let failed = |error| NoKey::File(path.clone(), error);
    if !path.exists() {
        make(&path).map_err(failed)?;
    }
    let key = fs::read_to_string(&path).map_err(failed)?.trim_end().to_owned();
    if key.len() < 32 { Err(NoKey::Short(path)) } else { Ok(Secret::new(key)) }
}

/// `aftersale.db` -> `aftersale.key`, in the same folder.
fn beside(url: &str) -> Option<PathBuf> {
    let options = url.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(url).ok())??;
    Some(options.get_filename().with_extension("key"))
}

/// Written whole under another name and then linked, so that of two that start at once both read the same key.
fn make(path: &Path) -> io::Result<()> {
    let mut bytes = [0; 32];
    crate::clock::SystemRandom.fill(&mut bytes);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension(format!("key.{}", std::process::id()));
    write(&draft, &BASE64.encode(&bytes))?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Ok(()) => {
            tracing::warn!("no AFTERSALE_SECRET_KEY: one was made in {}; keep it with the database", path.display())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = private_file::create(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Flags, Given};

    fn config(url: &str) -> Config {
        Config::read(&Given::new(&Flags::default(), [("AFTERSALE_DATABASE_URL".to_owned(), url.into())])).unwrap()
    }

    #[test]
    fn a_key_is_made_once_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(&format!("sqlite:{}/data/a.db", folder.path().display()));
        let key = find(&config).unwrap();
        assert_eq!(find(&config).unwrap(), key);
        let path = folder.path().join("data/a.key");
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        fs::write(&path, "short").unwrap();
        assert!(matches!(find(&config), Err(NoKey::Short(_))));
    }

    #[test]
    fn postgres_needs_a_key_of_its_own() {
        assert!(matches!(find(&config("postgres://localhost/a")), Err(NoKey::Needed)));
    }
}
