//! Programs of the system that read what we write: they share no code with what wrote it.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::process::Command;

/// What a program prints. Where it is missing the test fails and names the Debian package that has it.
pub(crate) fn output(name: &str, package: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Vec<u8> {
    let output = Command::new(name).args(arguments).output().unwrap_or_else(|error| match error.kind() {
        ErrorKind::NotFound => panic!("this test needs `{name}`: please install Debian's package `{package}`"),
        _ => panic!("{name} could not be run: {error}"),
    });
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
