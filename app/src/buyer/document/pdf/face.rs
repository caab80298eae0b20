//! The two faces of a sheet, and text set in them: which glyphs, from left to right, and how wide each is.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};
use std::ops::Range;
use std::sync::LazyLock;
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::UnicodeNormalization;

/// A face: DejaVu Sans Condensed, which has Latin with Vietnamese, Greek and Cyrillic. What it lacks is a box.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Face {
    /// For text.
    Plain,
    /// For a title and a total.
    Bold,
}

/// A face as those want it who set text and who write the file. Both look at the bytes that lie in the program.
struct Loaded {
    shaper: rustybuzz::Face<'static>,
    font: Font,
}

/// A face is read when the first document is written: a server that writes none holds none.
static PLAIN: LazyLock<Loaded> = LazyLock::new(|| Loaded::read(dejavu::sans_condensed::regular()));
static BOLD: LazyLock<Loaded> = LazyLock::new(|| Loaded::read(dejavu::sans_condensed::bold()));

impl Loaded {
    fn read(bytes: &'static [u8]) -> Self {
        let shaper = rustybuzz::Face::from_slice(bytes, 0).expect("the face comes with the program");
        let font = Font::new(bytes.into(), 0).expect("the face comes with the program");
        Self { shaper, font }
    }
}

impl Face {
    fn loaded(self) -> &'static Loaded {
        match self {
            Self::Plain => &PLAIN,
            Self::Bold => &BOLD,
        }
    }

    /// The face as the file embeds it.
    pub(super) fn font(self) -> Font {
        self.loaded().font.clone()
    }

    /// The glyphs of one line, from left to right also where parts of it are written from right to left.
    pub(super) fn glyphs(self, line: &str) -> Vec<KrillaGlyph> {
        let bidi = BidiInfo::new(line, Some(Level::ltr()));
        let mut glyphs = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let direction =
                    if levels[run.start].is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight };
                self.shape(line, run, direction, &mut glyphs);
            }
        }
        glyphs
    }

    fn shape(self, line: &str, run: Range<usize>, direction: Direction, glyphs: &mut Vec<KrillaGlyph>) {
        let Loaded { shaper, font } = self.loaded();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&line[run.clone()]);
        buffer.guess_segment_properties();
        buffer.set_direction(direction);
        let shaped = rustybuzz::shape(shaper, &[], buffer);
        // A glyph stands for the text from its cluster to the next.
        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        let ems = |units: i32| units as f32 / font.units_per_em();
        for (info, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let start = info.cluster as usize;
            let next =
                starts.get(starts.partition_point(|other| *other <= start)).map_or(run.end, |next| run.start + next);
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                ems(place.x_advance),
                ems(place.x_offset),
                ems(place.y_offset),
                ems(place.y_advance),
                run.start + start..next,
                None,
            ));
        }
    }

    /// How wide a line is at this size, in points.
    pub(super) fn width(self, line: &str, size: f32) -> f32 {
        self.glyphs(line).iter().map(|glyph| glyph.x_advance * size).sum()
    }

    /// Breaks a text into lines no wider than `width`; a word that is too long by itself is broken inside.
    pub(super) fn wrap(self, text: &str, size: f32, width: f32) -> Vec<String> {
        let composed: String = text.nfc().collect();
        // A blank that keeps words together is not among these.
        let words = composed.split(|letter: char| letter == ' ' || letter.is_control());
        let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let mut glyphs = self.glyphs(&text);
        glyphs.sort_by_key(|glyph| glyph.text_range.start);
        let (mut lines, mut start, mut reached, mut blank) = (Vec::new(), 0, 0.0, None);
        for glyph in glyphs {
            let (at, advance) = (glyph.text_range.start, glyph.x_advance * size);
            let is_blank = text[at..].starts_with(' ');
            while !is_blank && at > start && reached + advance > width {
                // After the last blank or, where a word is longer than a line, here.
                let (end, next, before) = blank.take().unwrap_or((at, at, reached));
                lines.push(text[start..end].to_owned());
                (start, reached) = (next, reached - before);
            }
            reached += advance;
            if is_blank {
                blank = Some((at, at + 1, reached));
            }
        }
        lines.push(text[start..].to_owned());
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_nothing() {
        let long = "x".repeat(300);
        for text in [format!("Curso {long} fim"), "muito longo ".repeat(40), "Đặng Thị Иван Петров ".repeat(20)]
        {
            let lines = Face::Plain.wrap(&text, 10.0, 200.0);
            assert!(lines.len() > 2);
            assert!(lines.iter().all(|line| Face::Plain.width(line, 10.0) <= 200.0), "{lines:?}");
            assert!(lines.iter().all(|line| line.trim() == line && !line.is_empty()), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
        assert_eq!(Face::Bold.wrap("", 10.0, 10.0), [""]);
        assert_eq!(Face::Plain.wrap(" um \n dois\t", 10.0, 200.0), ["um dois"]);
        assert_eq!(Face::Plain.wrap("ab", 10.0, 1.0), ["a", "b"]);
    }

    #[test]
    fn a_letter_is_not_torn_from_its_accent() {
        let lines = Face::Plain.wrap(&"x\u{303}".repeat(30), 10.0, 30.0);
        assert!(lines.len() > 3 && lines.iter().all(|line| line.starts_with('x')), "{lines:?}");
        assert_eq!(Face::Plain.wrap("na\u{303}o", 10.0, 30.0), ["n\u{e3}o"]);
    }

    #[test]
    fn what_is_written_from_the_right_stands_in_its_place() {
        let line = "Curso אבג fim";
        let glyphs = Face::Plain.glyphs(line);
        let starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.text_range.start).collect();
        let hebrew: Vec<usize> = starts[6..9].to_vec();
        assert_eq!(hebrew, [10, 8, 6], "{starts:?}");
        let mut covered: Vec<&str> = glyphs.iter().map(|glyph| &line[glyph.text_range.clone()]).collect();
        covered[6..9].reverse();
        assert_eq!(covered.concat(), line);
    }
}
