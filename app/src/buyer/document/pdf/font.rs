//! The two fonts, which every PDF reader brings along: how letters are written down (WinAnsi) and how wide they are (Adobe's font metrics).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A font of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Font {
    /// Helvetica.
    Plain,
    /// Helvetica-Bold.
    Bold,
}

/// Widths of the characters from blank to tilde, in thousandths of the size.
const PLAIN: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];

/// What WinAnsi has between 128 and 159.
const SPECIAL: &[(char, u8)] = &[
    ('€', 128),
    ('‚', 130),
    ('„', 132),
    ('…', 133),
    ('Š', 138),
    ('Œ', 140),
    ('Ž', 142),
    ('‘', 145),
    ('’', 146),
    ('“', 147),
    ('”', 148),
    ('•', 149),
    ('–', 150),
    ('—', 151),
    ('™', 153),
    ('š', 154),
    ('œ', 156),
    ('ž', 158),
    ('Ÿ', 159),
];

impl Font {
    /// The name in the file.
    pub fn base_name(self) -> &'static str {
        match self {
            Self::Plain => "Helvetica",
            Self::Bold => "Helvetica-Bold",
        }
    }

    /// How wide a text is at this size, in points.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let sum: u32 = text.chars().map(|letter| u32::from(self.letter_width(letter))).sum();
        sum as f32 * size / 1000.0
    }

    fn letter_width(self, letter: char) -> u16 {
        let table = if self == Self::Bold { &BOLD } else { &PLAIN };
        let of_ascii = |letter: char| u32::from(letter).checked_sub(32).and_then(|at| table.get(at as usize)).copied();
        // Letters with accents are as wide as without.
        let base = letter.nfd().next().unwrap_or(letter);
        of_ascii(base).unwrap_or(match letter {
            '\u{a0}' | '·' | '‘' | '’' | '‚' => 278,
            'º' | 'ª' | '°' | '“' | '”' | '„' => 400,
            '—' | '…' | '™' | 'Æ' | 'Œ' => 1000,
            _ => 611,
        })
    }
}

/// Text as the file writes it: one byte a letter. What WinAnsi lacks loses its accent; what has no Latin letter at all is a question mark.
pub fn encode(text: &str) -> Vec<u8> {
    text.nfc().flat_map(byte_of).collect()
}

fn byte_of(letter: char) -> Vec<u8> {
    let code = u32::from(letter);
    match code {
        0x20..=0x7e | 0xa0..=0xff => vec![u8::try_from(code).unwrap_or(b'?')],
        _ if letter.is_control() => vec![b' '],
        _ => match SPECIAL.iter().find(|(special, _)| *special == letter) {
            Some((_, byte)) => vec![*byte],
            None => {
                let plain: Vec<u8> = letter
                    .nfkd()
                    .filter(|part| !is_combining_mark(*part))
                    .map(|part| if part.is_ascii_graphic() || part == ' ' { part as u8 } else { b'?' })
                    .collect();
                if plain.is_empty() { Vec::new() } else { plain }
            }
        },
    }
}

/// Breaks a text into lines no wider than `width`; a word that is too long by itself is broken inside.
pub fn wrap(text: &str, font: Font, size: f32, width: f32) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if font.width(&longer, size) <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            if !line.is_empty() && font.width(&line, size) + font.width(letter.encode_utf8(&mut [0; 4]), size) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portuguese_is_written_letter_by_letter() {
        assert_eq!(encode("Não é à toa: ação, R$ 1,00 – 50 %"), b"N\xe3o \xe9 \xe0 toa: a\xe7\xe3o, R$ 1,00 \x96 50 %");
        assert_eq!(encode("a\u{303}"), [0xe3]);
        assert_eq!(encode("Łódź €"), [b'?', 0xf3, b'd', b'z', b' ', 128]);
        assert_eq!(encode("日本\n"), b"?? ");
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = format!("Curso {} fim", "x".repeat(300));
        let lines = wrap(&text, Font::Plain, 10.0, 200.0);
        assert!(lines.iter().all(|line| Font::Plain.width(line, 10.0) <= 200.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert_eq!(wrap("", Font::Bold, 10.0, 10.0), [""]);
    }
}
