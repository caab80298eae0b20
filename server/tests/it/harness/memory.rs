//! What a running server has in its memory, as Linux shows it to whoever started it.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

/// Longer than a page, so that most of what was reserved and never used is passed over at once.
const CHUNK: usize = 64 * 1024;
/// Longer than any text that is looked for.
const OVERLAP: usize = 64;

/// The first of these texts that stands in what this process may write to: buffers, queues, whatever it remembers.
pub fn holds<'a>(process: u32, texts: &[&'a str]) -> Option<&'a str> {
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    maps.lines().filter_map(writable).find_map(|range| in_range(&memory, range, texts))
}

/// `7f00-7fff rw-p …`: where it begins and ends.
fn writable(line: &str) -> Option<(u64, u64)> {
    let (range, rest) = line.split_once(' ')?;
    let (begin, end) = range.split_once('-')?;
    let at = |hex| u64::from_str_radix(hex, 16).ok();
    rest.starts_with("rw").then_some((at(begin)?, at(end)?))
}

fn in_range<'a>(memory: &File, (begin, end): (u64, u64), texts: &[&'a str]) -> Option<&'a str> {
    let (mut chunk, nothing) = (vec![0; CHUNK + OVERLAP], vec![0; CHUNK + OVERLAP]);
    (begin..end).step_by(CHUNK).find_map(|at| {
        let wanted = chunk.len().min((end - at) as usize);
        // What was given back meanwhile cannot be read.
        let read = memory.read_at(&mut chunk[..wanted], at).unwrap_or(0);
        let seen = &chunk[..read];
        // Compared as a whole: most of it was never used.
        if seen == &nothing[..read] {
            return None;
        }
        texts.iter().find(|text| is_in(seen, text.as_bytes())).copied()
    })
}

fn is_in(seen: &[u8], text: &[u8]) -> bool {
    let first = text[0];
    let mut rest = seen;
    while let Some(at) = rest.iter().position(|byte| *byte == first) {
        if rest[at..].starts_with(text) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}
