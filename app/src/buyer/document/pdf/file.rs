//! The file around the pages: objects, and where in the file each begins (ISO 32000-1, 7.5).

use super::font::{Font, encode};
use std::io::Write as _;

/// A page's size: A4, in points.
pub const WIDTH: f32 = 595.0;
/// See [`WIDTH`].
pub const HEIGHT: f32 = 842.0;

const CATALOG: usize = 1;
const PAGES: usize = 2;
const PLAIN: usize = 3;
const BOLD: usize = 4;
const INFO: usize = 5;
const FIRST_PAGE: usize = 6;

/// What is drawn on one page.
#[derive(Clone, Debug, Default)]
pub struct Drawing(Vec<u8>);

impl Drawing {
    /// Writes a line of text that begins at `x` and stands on `y`, counted from the lower left.
    pub fn text(&mut self, font: Font, size: f32, x: f32, y: f32, grey: f32, text: &str) {
        let name = if font == Font::Bold { "F2" } else { "F1" };
        self.0.extend(format!("{grey:.2} g BT /{name} {size:.1} Tf {x:.2} {y:.2} Td ").bytes());
        self.0.extend(literal(&encode(text)));
        self.0.extend(b" Tj ET\n");
    }

    /// Draws a thin line from left to right.
    pub fn rule(&mut self, x: f32, y: f32, width: f32) {
        self.0.extend(format!("0.80 G 0.5 w {x:.2} {y:.2} m {:.2} {y:.2} l S\n", x + width).bytes());
    }
}

/// A string of the file: what would end it, and every byte outside of ASCII, is escaped.
fn literal(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![b'('];
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            0x20..=0x7e => out.push(*byte),
            _ => out.extend(format!("\\{byte:03o}").bytes()),
        }
    }
    out.push(b')');
    out
}

/// The finished file.
pub fn file(title: &str, language: &str, pages: &[Drawing]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", page_number(at))).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        format!(
            "<< /Type /Catalog /Pages {PAGES} 0 R /Lang ({language}) /ViewerPreferences << /DisplayDocTitle true >> >>"
        )
        .into_bytes(),
        format!("<< /Type /Pages /Count {} /Kids [{}] >>", pages.len(), kids.join(" ")).into_bytes(),
        font(Font::Plain),
        font(Font::Bold),
        [b"<< /Producer (Aftersale) /Title ".to_vec(), literal(&encode(title)), b" >>".to_vec()].concat(),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {} 0 R \
                 /Resources << /Font << /F1 {PLAIN} 0 R /F2 {BOLD} 0 R >> >> >>",
                page_number(at) + 1
            )
            .into_bytes(),
        );
        let mut stream = format!("<< /Length {} >>\nstream\n", page.0.len()).into_bytes();
        stream.extend(&page.0);
        stream.extend(b"\nendstream");
        objects.push(stream);
    }
    assemble(&objects)
}

fn page_number(at: usize) -> usize {
    FIRST_PAGE + 2 * at
}

fn font(font: Font) -> Vec<u8> {
    format!("<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>", font.base_name()).into_bytes()
}

/// Objects one after the other, then the table of where each begins.
fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    // Four bytes above 127 tell those who carry files about that this is no text.
    let mut out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut starts = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        starts.push(out.len());
        writeln!(out, "{} 0 obj", at + 1).ok();
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).ok();
    for start in starts {
        writeln!(out, "{start:010} 00000 n ").ok();
    }
    write!(
        out,
        "trailer\n<< /Size {} /Root {CATALOG} 0 R /Info {INFO} 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    )
    .ok();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_is_where_the_table_says() {
        let mut page = Drawing::default();
        page.text(Font::Plain, 10.0, 50.0, 700.0, 0.0, "Recibo (nº 1) \\ ação");
        let bytes = file("Recibo", "pt-BR", &[page.clone(), page]);
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        assert!(text.contains("(Recibo \\(n\\272 1\\) \\\\ a\\347\\343o) Tj"), "{text}");
        let table = text.split("xref\n").nth(1).unwrap();
        let starts = table.lines().skip(2).take_while(|line| line.ends_with("n ")).collect::<Vec<_>>();
        assert_eq!(starts.len(), 9);
        for (at, line) in starts.iter().enumerate() {
            let start: usize = line[..10].parse().unwrap();
            assert!(bytes[start..].starts_with(format!("{} 0 obj", at + 1).as_bytes()));
        }
    }
}
