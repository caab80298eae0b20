//! Several files as one: a ZIP whose files are stored as they are. PDFs of text are small already.

/// Puts files together. Names are plain ASCII without folders; `day` is what the files are dated: year, month, day.
pub fn zip(files: &[(String, Vec<u8>)], day: (u16, u16, u16)) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let offset = size(out.len());
        let head = head(name, bytes, day);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&head);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, length) = (size(out.len()), size(directory.len()));
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// What both places say of a file: version, names in UTF-8, stored, date, sum, sizes, lengths.
fn head(name: &str, bytes: &[u8], (year, month, day): (u16, u16, u16)) -> Vec<u8> {
    let mut head = Vec::with_capacity(26);
    let date = (year.saturating_sub(1980) << 9) | (month << 5) | day;
    for number in [20, 1 << 11, 0, 0, date] {
        head.extend(number.to_le_bytes());
    }
    for number in [crc32(bytes), size(bytes.len()), size(bytes.len())] {
        head.extend(number.to_le_bytes());
    }
    head.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    head.extend([0; 2]);
    head
}

/// No more than some hundred small files are ever put together.
fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
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
        let bytes = zip(&files, (2026, 11, 20));
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
}
