//! Where everything stands: title, parties, facts, lines with their amounts, and as many pages as it takes.

use super::face::Face;
use super::file::{Drawing, Grey, HEIGHT, WIDTH, file};
use crate::document::sheet::Sheet;
use krilla::error::KrillaError;

const MARGIN: f32 = 56.0;
const BOTTOM: f32 = 72.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
const LABEL: f32 = 130.0;
const TEXT: f32 = 10.5;
const SMALL: f32 = 9.0;
const BLACK: Grey = 26;
const GREY: Grey = 102;

/// The file, and the name of its language.
pub(crate) fn pdf(sheet: &Sheet, language: &str) -> Result<Vec<u8>, KrillaError> {
    let mut desk = Desk { pages: vec![Drawing::default()], y: MARGIN };
    desk.head(sheet);
    desk.facts(&sheet.parties);
    desk.gap(10.0);
    desk.facts(&sheet.facts);
    desk.gap(16.0);
    desk.items(sheet);
    desk.gap(16.0);
    desk.paragraph(&sheet.foot, Face::Plain, SMALL, GREY);
    desk.number(&sheet.reference);
    file(&sheet.title, language, &desk.pages)
}

/// Pages so far, and how far down the last one is filled.
struct Desk {
    pages: Vec<Drawing>,
    y: f32,
}

impl Desk {
    fn page(&mut self) -> &mut Drawing {
        if self.pages.is_empty() {
            self.pages.push(Drawing::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn gap(&mut self, height: f32) {
        self.y += height;
    }

    /// Room for a block of this height, on the next page if need be.
    fn room(&mut self, height: f32) {
        if self.y + height > HEIGHT - BOTTOM {
            self.pages.push(Drawing::default());
            self.y = MARGIN;
        }
    }

    fn paragraph(&mut self, text: &str, face: Face, size: f32, grey: Grey) {
        for line in face.wrap(text, size, INNER) {
            self.room(size * 1.4);
            self.y += size * 1.4;
            let y = self.y;
            self.page().text(face, size, MARGIN, y, grey, &line);
        }
    }

    fn head(&mut self, sheet: &Sheet) {
        self.paragraph(&sheet.producer, Face::Plain, 12.0, GREY);
        self.gap(2.0);
        self.paragraph(&sheet.title, Face::Bold, 20.0, BLACK);
        self.gap(4.0);
        self.paragraph(&sheet.note, Face::Plain, TEXT, BLACK);
        self.gap(14.0);
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        for (name, value) in facts {
            let lines = Face::Plain.wrap(value, TEXT, INNER - LABEL);
            let names = Face::Plain.wrap(name, SMALL, LABEL - 10.0);
            for at in 0..lines.len().max(names.len()) {
                self.room(15.0);
                self.y += 15.0;
                let y = self.y;
                if let Some(name) = names.get(at) {
                    self.page().text(Face::Plain, SMALL, MARGIN, y, GREY, name);
                }
                if let Some(line) = lines.get(at) {
                    self.page().text(Face::Plain, TEXT, MARGIN + LABEL, y, BLACK, line);
                }
            }
        }
    }

    fn items(&mut self, sheet: &Sheet) {
        self.rule();
        for (name, amount) in &sheet.items {
            let amount = amount.as_deref().unwrap_or_default();
            self.line(name, amount, Face::Plain, TEXT);
            self.rule();
        }
        let (name, amount) = &sheet.total;
        self.gap(4.0);
        self.line(name, amount, Face::Bold, 13.0);
        for (name, amount) in &sheet.after {
            self.line(name, amount, Face::Plain, TEXT);
        }
    }

    fn rule(&mut self) {
        self.room(8.0);
        self.y += 6.0;
        let y = self.y;
        self.page().rule(MARGIN, y, INNER);
        self.y += 2.0;
    }

    /// A name on the left, its amount on the right of its first line.
    fn line(&mut self, name: &str, amount: &str, face: Face, size: f32) {
        let width = face.width(amount, size);
        for (at, line) in face.wrap(name, size, INNER - width - 16.0).iter().enumerate() {
            self.room(size * 1.4);
            self.y += size * 1.4;
            let y = self.y;
            self.page().text(face, size, MARGIN, y, BLACK, line);
            if at == 0 {
                self.page().text(face, size, WIDTH - MARGIN - width, y, BLACK, amount);
            }
        }
    }

    /// What the sheet is, and which page of how many, at the foot of each.
    fn number(&mut self, reference: &str) {
        let count = self.pages.len();
        for (at, page) in self.pages.iter_mut().enumerate() {
            let number = format!("{}/{count}", at + 1);
            let reference = Face::Plain.wrap(reference, SMALL, INNER - 60.0).into_iter().next().unwrap_or_default();
            page.text(Face::Plain, SMALL, MARGIN, HEIGHT - 40.0, GREY, &reference);
            page.text(
                Face::Plain,
                SMALL,
                WIDTH - MARGIN - Face::Plain.width(&number, SMALL),
                HEIGHT - 40.0,
                GREY,
                &number,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sheet::sheet;
    use crate::tests::program::output;
    use crate::tests::sample;
    use crate::text::Texts;
    use std::fs;
    use types::Language;
    use types::view::DocumentView;

    fn written(document: &DocumentView) -> Vec<u8> {
        pdf(&sheet(Texts::of(Language::Portuguese), document, sample::NOW), "pt-BR").unwrap()
    }

    /// The lines of each page, as somebody reads them who knows nothing of us.
    fn pages(bytes: &[u8]) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("document.pdf");
        fs::write(&file, bytes).unwrap();
        let text = output("pdftotext", "poppler-utils", ["-layout".as_ref(), file.as_os_str(), "-".as_ref()]);
        let text = String::from_utf8(text).unwrap();
        let lines =
            |page: &str| page.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        // Each page ends with a form feed.
        text.split_terminator('\u{c}').map(lines).collect()
    }

    #[test]
    fn many_items_with_long_names_take_several_pages_and_none_is_lost() {
        let mut document = sample::documents().remove(0);
        let name = |number: i64| format!("Item {number} {}", "muito longo ".repeat(16));
        document.items = (0..80).map(|number| (name(number), Some(sample::brl(100 + number)))).collect();
        let pages = pages(&written(&document));
        assert!(pages.len() > 3, "{}", pages.len());
        let all = pages.concat();
        for number in 0..80 {
            let line = all.iter().find(|line| line.starts_with(&format!("Item {number} "))).unwrap();
            assert!(line.ends_with(&format!("R$ 1,{number:02}")), "{line}");
        }
        assert_eq!(all.concat().matches("longo").count(), 80 * 16);
        for (at, page) in pages.iter().enumerate() {
            assert!(page.last().unwrap().ends_with(&format!("{}/{}", at + 1, pages.len())), "{page:?}");
        }
        assert!(pages.last().unwrap().iter().any(|line| line.starts_with("Valor pago")));
    }

    #[test]
    fn hostile_names_stay_text() {
        for document in sample::documents() {
            let read = pages(&written(&document));
            assert_eq!(read.len(), 1);
            let read = read.concat().concat().replace(' ', "");
            assert!(read.contains(&sample::HOSTILE.replace(' ', "")), "{read}");
        }
    }

    #[test]
    fn names_are_read_back_in_the_letters_they_are_written_in() {
        let names = [
            "Łukasz Wałęsa",
            "Đặng Thị Hằng",
            "Иван Петров",
            "Γιώργος Παπαδόπουλος",
            "João Fidélis Øster",
            "İpek Şahin",
        ];
        let mut document = sample::documents().remove(0);
        for name in names {
            document.billing.name = name.to_owned();
            document.items = vec![(format!("Curso de {name}"), Some(sample::brl(100)))];
            let lines = pages(&written(&document)).concat();
            assert!(lines.iter().any(|line| line.starts_with("Comprador") && line.ends_with(name)), "{lines:?}");
            assert!(lines.iter().any(|line| line.starts_with(&format!("Curso de {name} "))), "{lines:?}");
        }
    }

    #[test]
    fn what_the_face_lacks_is_a_box_and_never_a_question_mark() {
        let mut document = sample::documents().remove(0);
        document.billing.name = "Ana 日本 Souza 🦩".to_owned();
        let lines = pages(&written(&document)).concat();
        let name = lines.iter().find(|line| line.starts_with("Comprador")).unwrap();
        assert!(name.contains("Ana") && name.contains("Souza") && !name.contains('?'), "{name}");
        let missing = Face::Plain.glyphs("日本🦩");
        assert_eq!(missing.iter().map(|glyph| glyph.glyph_id.to_u32()).collect::<Vec<_>>(), [0; 3]);
        assert!(missing.iter().all(|glyph| glyph.x_advance > 0.3), "a box takes its room");
    }

    #[test]
    fn a_document_is_small_and_the_same_whenever_it_is_written() {
        for document in sample::documents() {
            let bytes = written(&document);
            assert!(bytes.len() < 60_000, "{}", bytes.len());
            assert_eq!(bytes, written(&document));
        }
    }
}
