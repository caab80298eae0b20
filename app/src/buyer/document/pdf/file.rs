//! The file around the pages.

use super::face::Face;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::luma;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;

/// A page's size: A4, in points.
pub(super) const WIDTH: f32 = 595.0;
/// See [`WIDTH`].
pub(super) const HEIGHT: f32 = 842.0;

/// How dark text is, from 0, black, to 255.
pub(super) type Grey = u8;

const RULE: Grey = 204;

/// What is drawn on one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawing(Vec<Mark>);

#[derive(Clone, Debug)]
enum Mark {
    Text { face: Face, size: f32, x: f32, y: f32, grey: Grey, text: String },
    Rule { x: f32, y: f32, width: f32 },
}

impl Drawing {
    /// Writes a line of text that begins at `x` and stands on `y`, counted from the upper left.
    pub(super) fn text(&mut self, face: Face, size: f32, x: f32, y: f32, grey: Grey, text: &str) {
        self.0.push(Mark::Text { face, size, x, y, grey, text: text.to_owned() });
    }

    /// Draws a thin line from left to right.
    pub(super) fn rule(&mut self, x: f32, y: f32, width: f32) {
        self.0.push(Mark::Rule { x, y, width });
    }
}

impl Mark {
    fn draw(&self, surface: &mut Surface) {
        match self {
            Self::Text { face, size, x, y, grey, text } => {
                surface.set_stroke(None);
                surface.set_fill(Some(Fill { paint: luma::Color::new(*grey).into(), ..Fill::default() }));
                surface.draw_glyphs(Point::from_xy(*x, *y), &face.glyphs(text), face.font(), text, *size, false);
            }
            Self::Rule { x, y, width } => {
                let mut path = PathBuilder::new();
                path.move_to(*x, *y);
                path.line_to(x + width, *y);
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: luma::Color::new(RULE).into(),
                    width: 0.5,
                    ..Stroke::default()
                }));
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
    }
}

/// The finished file: the same bytes for the same drawings, whenever it is made. Of a face the file holds the glyphs
/// that are used.
pub(super) fn file(title: &str, language: &str, pages: &[Drawing]) -> Result<Vec<u8>, KrillaError> {
    // What would stand in XMP once more stands in the document's information.
    let mut document = Document::new_with(SerializeSettings { xmp_metadata: false, ..SerializeSettings::default() });
    let about = Metadata::new().title(title.to_owned()).language(language.to_owned()).producer("Aftersale".to_owned());
    document.set_metadata(about);
    for drawing in pages {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).expect("A4 has a size");
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        drawing.0.iter().for_each(|mark| mark.draw(&mut surface));
        surface.finish();
        page.finish();
    }
    document.finish()
}
