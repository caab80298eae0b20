//! How many files the system lets this process have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// For the database, mail, member areas, gateways and the log.
const OTHERS: u64 = 256;

/// How many connections there may be at once, `wanted` at most: as far as the limit on open files can be raised for it.
pub(super) fn connections(wanted: usize) -> usize {
    let needed = wanted as u64 + OTHERS;
    let limit = getrlimit(Resource::Nofile);
    let raised = limit.maximum.map_or(needed, |most| most.min(needed));
    if limit.current.is_some_and(|current| current < raised) {
        // Refused, it stays as it was.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(raised), maximum: limit.maximum });
    }
    within(wanted, getrlimit(Resource::Nofile).current)
}

fn within(wanted: usize, files: Option<u64>) -> usize {
    let Some(files) = files else { return wanted };
    let left = files - OTHERS.min(files / 2);
    usize::try_from(left).map_or(wanted, |left| left.min(wanted))
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn what_else_needs_files_has_them() {
        for (files, connections) in
            [(None, 2048), (Some(65_536), 2048), (Some(2304), 2048), (Some(1024), 768), (Some(100), 50), (Some(0), 0)]
        {
            assert_eq!(within(2048, files), connections, "{files:?}");
        }
    }
}
