//! Tables as files that a spreadsheet opens: accents right in Excel, columns as the language separates them, and no
//! cell that a spreadsheet would run as a formula.

mod phone;

pub(crate) use phone::phone;

use crate::text::Texts;
use types::Language;

/// Tells Excel that the text is UTF-8.
const MARK: &str = "\u{feff}";

/// The beginning of a file: the mark and the names of the columns.
pub(crate) fn head(texts: Texts, names: &[String]) -> Vec<u8> {
    let mut bytes = MARK.as_bytes().to_vec();
    bytes.extend(rows(texts, [names.to_vec()]));
    bytes
}

/// Rows, as they stand in a file.
pub(crate) fn rows(texts: Texts, rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let delimiter = match texts.language() {
        Language::Portuguese => b';',
        Language::English => b',',
    };
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| harmless(cell));
        // Into memory, and every row by itself: nothing can fail.
        if let Err(error) = writer.write_record(cells) {
            tracing::error!(%error, "a row is left out of a file");
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// The text, marked as text where a spreadsheet would read it as a formula.
fn harmless(cell: &str) -> String {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}']);
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_opens_in_a_spreadsheet_of_either_language() {
        let file = |language| {
            let texts = Texts::of(language);
            let mut bytes = head(texts, &["Pedido".to_owned(), "Nome".to_owned()]);
            bytes.extend(rows(texts, [vec!["A-1".to_owned(), "Zé; \"o bom\", x".to_owned()]]));
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(file(Language::Portuguese), "\u{feff}Pedido;Nome\r\nA-1;\"Zé; \"\"o bom\"\", x\"\r\n");
        assert_eq!(file(Language::English), "\u{feff}Pedido,Nome\r\nA-1,\"Zé; \"\"o bom\"\", x\"\r\n");
    }

    #[test]
    fn nothing_in_a_cell_is_a_formula() {
        for cell in ["=1+1", "+5", "-2", "@x", " =HYPERLINK(1)", "\t=1", "\r=1", "＝1", "＋55"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        assert_eq!(harmless("ana@example.com"), "ana@example.com");
    }
}
