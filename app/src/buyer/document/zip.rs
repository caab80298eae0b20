//! Several files as one, sent on while it is written.

use jiff::civil::Date;
use std::cell::Cell;
use std::io::{self, Write};
use zip::result::ZipResult;
use zip::write::{PreparedZipFile, SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A ZIP that is being written: what it gives back is sent on, and only its directory is kept.
pub(super) struct Zip {
    writer: ZipWriter<StreamWriter<Outlet>>,
}

/// Where the writer puts what it has written, until that is taken away.
#[derive(Default)]
struct Outlet(Cell<Vec<u8>>);

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.get_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Zip {
    /// An empty one.
    pub(super) fn new() -> Self {
        Self { writer: ZipWriter::new_stream(Outlet::default()) }
    }

    /// The bytes of the next file, dated on `day`: the same files are the same bytes, whenever they are asked for. The
    /// file is compressed before it is added: only then does nothing of it stay in the writer.
    pub(super) fn file(&mut self, name: &str, day: Date, bytes: &[u8]) -> ZipResult<Vec<u8>> {
        self.writer.add_prepared_file(PreparedZipFile::from_data(name, options(day), bytes)?)?;
        Ok(self.writer.get_ref().map(|stream| stream.get_ref().0.take()).unwrap_or_default())
    }

    /// The bytes after the last file.
    pub(super) fn end(self) -> ZipResult<Vec<u8>> {
        Ok(self.writer.finish()?.into_inner().0.into_inner())
    }
}

fn options(day: Date) -> SimpleFileOptions {
    let part = |number: i8| number.unsigned_abs();
    // A day that a ZIP cannot name is the first that it can.
    let date = DateTime::from_date_and_time(day.year().unsigned_abs(), part(day.month()), part(day.day()), 0, 0, 0);
    let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
    options.last_modified_time(date.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::io::{Cursor, Read};
    use zip::ZipArchive;

    fn content(number: usize) -> Vec<u8> {
        format!("{number} ").repeat(number % 7 * 100).into_bytes()
    }

    /// A ZIP of so many files, put together from its parts.
    fn archive(count: usize) -> Vec<u8> {
        let mut zip = Zip::new();
        let mut bytes = Vec::new();
        for number in 0..count {
            bytes.extend(zip.file(&format!("{number}.pdf"), date(2026, 3, 14), &content(number)).unwrap());
        }
        bytes.extend(zip.end().unwrap());
        bytes
    }

    #[test]
    fn every_file_is_read_back_in_its_order() {
        let bytes = archive(20);
        let mut zip = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(zip.len(), 20);
        for number in 0..20 {
            let mut file = zip.by_index(number).unwrap();
            let mut read = Vec::new();
            file.read_to_end(&mut read).unwrap();
            assert_eq!((&*file.name().unwrap(), read), (&*format!("{number}.pdf"), content(number)));
            assert_eq!(file.last_modified().map(|date| (date.year(), date.month(), date.day())), Some((2026, 3, 14)));
        }
        assert_eq!(bytes, archive(20));
    }

    #[test]
    fn a_file_is_given_back_as_soon_as_it_is_added_and_is_compressed() {
        let mut zip = Zip::new();
        for number in 0..3 {
            let bytes = zip.file(&format!("{number}.pdf"), date(2026, 3, 14), &[b'a'; 100_000]).unwrap();
            assert!((100..2_000).contains(&bytes.len()), "{}", bytes.len());
        }
        assert!(zip.end().unwrap().len() < 1_000);
    }
}
