//! Where everything stands: title, parties, facts, lines with their amounts, and as many pages as it takes.

use super::file::{Drawing, HEIGHT, WIDTH, file};
use super::font::{Font, wrap};
use crate::document::sheet::Sheet;

const MARGIN: f32 = 56.0;
const BOTTOM: f32 = 72.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
const LABEL: f32 = 130.0;
const TEXT: f32 = 10.5;
const SMALL: f32 = 9.0;
const BLACK: f32 = 0.1;
const GREY: f32 = 0.4;

/// The file, and the name of its language.
pub fn pdf(sheet: &Sheet, language: &str) -> Vec<u8> {
    let mut desk = Desk { pages: vec![Drawing::default()], y: HEIGHT - MARGIN };
    desk.head(sheet);
    desk.facts(&sheet.parties);
    desk.gap(10.0);
    desk.facts(&sheet.facts);
    desk.gap(16.0);
    desk.items(sheet);
    desk.gap(16.0);
    desk.paragraph(&sheet.foot, Font::Plain, SMALL, GREY);
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
        self.y -= height;
    }

    /// Room for a block of this height, on the next page if need be.
    fn room(&mut self, height: f32) {
        if self.y - height < BOTTOM {
            self.pages.push(Drawing::default());
            self.y = HEIGHT - MARGIN;
        }
    }

    fn paragraph(&mut self, text: &str, font: Font, size: f32, grey: f32) {
        for line in wrap(text, font, size, INNER) {
            self.room(size * 1.4);
            self.y -= size * 1.4;
            let y = self.y;
            self.page().text(font, size, MARGIN, y, grey, &line);
        }
    }

    fn head(&mut self, sheet: &Sheet) {
        self.paragraph(&sheet.seller, Font::Plain, 12.0, GREY);
        self.gap(2.0);
        self.paragraph(&sheet.title, Font::Bold, 20.0, BLACK);
        self.gap(4.0);
        self.paragraph(&sheet.note, Font::Plain, TEXT, BLACK);
        self.gap(14.0);
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        for (name, value) in facts {
            let lines = wrap(value, Font::Plain, TEXT, INNER - LABEL);
            let names = wrap(name, Font::Plain, SMALL, LABEL - 10.0);
            for at in 0..lines.len().max(names.len()) {
                self.room(15.0);
                self.y -= 15.0;
                let y = self.y;
                if let Some(name) = names.get(at) {
                    self.page().text(Font::Plain, SMALL, MARGIN, y, GREY, name);
                }
                if let Some(line) = lines.get(at) {
                    self.page().text(Font::Plain, TEXT, MARGIN + LABEL, y, BLACK, line);
                }
            }
        }
    }

    fn items(&mut self, sheet: &Sheet) {
        self.rule();
        for (name, amount) in &sheet.items {
            let amount = amount.as_deref().unwrap_or_default();
            self.line(name, amount, Font::Plain, TEXT);
            self.rule();
        }
        let (name, amount) = &sheet.total;
        self.gap(4.0);
        self.line(name, amount, Font::Bold, 13.0);
        for (name, amount) in &sheet.after {
            self.line(name, amount, Font::Plain, TEXT);
        }
    }

    fn rule(&mut self) {
        self.room(8.0);
        self.y -= 6.0;
        let y = self.y;
        self.page().rule(MARGIN, y, INNER);
        self.y -= 2.0;
    }

    /// A name on the left, its amount on the right of its first line.
    fn line(&mut self, name: &str, amount: &str, font: Font, size: f32) {
        let width = font.width(amount, size);
        for (at, line) in wrap(name, font, size, INNER - width - 16.0).iter().enumerate() {
            self.room(size * 1.4);
            self.y -= size * 1.4;
            let y = self.y;
            self.page().text(font, size, MARGIN, y, BLACK, line);
            if at == 0 {
                self.page().text(font, size, WIDTH - MARGIN - width, y, BLACK, amount);
            }
        }
    }

    /// What the sheet is, and which page of how many, at the foot of each.
    fn number(&mut self, reference: &str) {
        let count = self.pages.len();
        for (at, page) in self.pages.iter_mut().enumerate() {
            let number = format!("{}/{count}", at + 1);
            let reference = wrap(reference, Font::Plain, SMALL, INNER - 60.0).into_iter().next().unwrap_or_default();
            page.text(Font::Plain, SMALL, MARGIN, 40.0, GREY, &reference);
            page.text(Font::Plain, SMALL, WIDTH - MARGIN - Font::Plain.width(&number, SMALL), 40.0, GREY, &number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sheet::sheet;
    use crate::tests::sample;
    use crate::text::Texts;
    use types::Language;

    /// What is written on each page, in the order in which it is written.
    fn pages(bytes: &[u8]) -> Vec<Vec<String>> {
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let lines = |page: &str| {
            let strings = page.lines().filter_map(|line| line.split_once(" Td (")?.1.strip_suffix(") Tj ET"));
            strings.map(str::to_owned).collect()
        };
        text.split("stream\n").skip(1).step_by(2).map(lines).collect()
    }

    #[test]
    fn many_items_with_long_names_take_several_pages_and_none_is_lost() {
        let mut document = sample::documents().remove(0);
        let name = |number: i64| format!("Item {number} {}", "muito longo ".repeat(16));
        document.items = (0..80).map(|number| (name(number), Some(sample::brl(100 + number)))).collect();
        let sheet = sheet(Texts::of(Language::Portuguese), &document, sample::NOW);
        let pages = pages(&pdf(&sheet, "pt-BR"));
        assert!(pages.len() > 3, "{}", pages.len());
        let all = pages.concat();
        for number in 0..80 {
            assert!(all.iter().any(|line| line.starts_with(&format!("Item {number} "))), "item {number}");
        }
        for (at, page) in pages.iter().enumerate() {
            assert_eq!(page.last().unwrap(), &format!("{}/{}", at + 1, pages.len()));
        }
        assert!(pages.last().unwrap().iter().any(|line| line == "Valor pago"));
    }

    #[test]
    fn hostile_names_stay_text() {
        for document in sample::documents() {
            let sheet = sheet(Texts::of(Language::English), &document, sample::NOW);
            let bytes = pdf(&sheet, "en");
            assert!(bytes.ends_with(b"%%EOF\n"));
            assert_eq!(pages(&bytes).len(), 1);
        }
    }
}
