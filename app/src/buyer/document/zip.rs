//! Several files as one: a ZIP whose files are stored as they are. PDFs of text are small already.

/// A ZIP that is being written: what it gives back is sent on, and only its directory is kept. Names are plain ASCII without folders.
pub struct Zip {
    /// What the files are dated: year, month, day.
    day: (u16, u16, u16),
    written: u32,
    count: u16,
    directory: Vec<u8>,
}

/// Another file would not fit into a ZIP: 65,535 files, 4 GiB.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("more files than a ZIP holds")]
pub struct Full;

impl Zip {
    /// An empty one.
    pub fn new(day: (u16, u16, u16)) -> Self {
        Self { day, written: 0, count: 0, directory: Vec::new() }
    }

    /// The bytes of the next file.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Result<Vec<u8>, Full> {
        let head = head(name, bytes, self.day)?;
        let mut out = Vec::with_capacity(30 + name.len() + bytes.len());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(bytes);
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(20_u16.to_le_bytes());
        self.directory.extend(&head);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(self.written.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.written = self.written.checked_add(size(out.len())?).ok_or(Full)?;
        self.count = self.count.checked_add(1).ok_or(Full)?;
        Ok(out)
    }

    /// The bytes after the last file.
    pub fn end(self) -> Result<Vec<u8>, Full> {
        let length = size(self.directory.len())?;
        let mut out = self.directory;
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend(self.count.to_le_bytes());
        out.extend(self.count.to_le_bytes());
        out.extend(length.to_le_bytes());
        out.extend(self.written.to_le_bytes());
        out.extend([0; 2]);
        Ok(out)
    }
}

/// What both places say of a file: version, names in UTF-8, stored, date, sum, sizes, lengths.
fn head(name: &str, bytes: &[u8], (year, month, day): (u16, u16, u16)) -> Result<Vec<u8>, Full> {
    let mut head = Vec::with_capacity(26);
    let date = (year.saturating_sub(1980) << 9) | (month << 5) | day;
    for number in [20, 1 << 11, 0, 0, date] {
        head.extend(number.to_le_bytes());
    }
    for number in [crc32(bytes), size(bytes.len())?, size(bytes.len())?] {
        head.extend(number.to_le_bytes());
    }
    head.extend(u16::try_from(name.len()).map_err(|_| Full)?.to_le_bytes());
    head.extend([0; 2]);
    Ok(head)
}

fn size(length: usize) -> Result<u32, Full> {
    u32::try_from(length).map_err(|_| Full)
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_the_one_everybody_computes() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn each_file_is_where_the_directory_says() {
        let files = [("a.pdf".to_owned(), b"one".to_vec()), ("b.pdf".to_owned(), b"three".to_vec())];
        let mut zip = Zip::new((2026, 11, 20));
        let mut bytes: Vec<u8> = files.iter().flat_map(|(name, content)| zip.file(name, content).unwrap()).collect();
        bytes.extend(zip.end().unwrap());
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let end = bytes.len() - 22;
        assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
        let mut entry = number(end + 16);
        for (name, content) in &files {
            assert_eq!(&bytes[entry..entry + 4], b"PK\x01\x02");
            let start = number(entry + 42) + 30;
            assert_eq!(&bytes[start..start + name.len()], name.as_bytes());
            assert_eq!(&bytes[start + name.len()..start + name.len() + content.len()], content);
            entry += 46 + name.len();
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_not_left_out() {
        let mut zip = Zip::new((2026, 11, 20));
        assert!((0..u16::MAX).all(|_| zip.file("a", b"").is_ok()));
        assert_eq!(zip.file("a", b""), Err(Full));
    }
}
