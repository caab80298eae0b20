//! The colour that leads buttons and links on a seller's pages, and the two shades of it that are read well.
//!
//! Contrast is that of WCAG 2.2: 4.5 to 1 for text. A shade for light pages is the colour itself or darker, one for
//! dark pages the colour itself or lighter: as far as it takes to be read on every paper of the scheme.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A colour as somebody chose it: red, green and blue. Written `#1d4f91`; in addresses without the mark.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Accent([u8; 3]);

/// The text is no colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("must be a colour such as #1d4f91")]
pub struct InvalidAccent;

/// What text must have against its paper.
const READABLE: f64 = 4.5;
/// The darkest paper of light pages, and the lightest of dark ones, as the style has them.
const LIGHT_PAPER: Accent = Accent([0xed, 0xeb, 0xe6]);
const DARK_PAPER: Accent = Accent([0x2b, 0x2e, 0x33]);
/// What stands on the two shades.
pub const ON_LIGHT: Accent = Accent([0xff, 0xff, 0xff]);
/// What stands on the shade of dark pages.
pub const ON_DARK: Accent = Accent([0x0e, 0x16, 0x21]);
/// A colour is moved towards black or white in so many steps.
const STEPS: u16 = 255;

impl Accent {
    /// Reads `#1d4f91`, in small or capital letters, with or without the mark.
    pub fn parse(text: &str) -> Result<Self, InvalidAccent> {
        let digits = text.trim();
        let digits = digits.strip_prefix('#').unwrap_or(digits);
        let is_hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex).ok_or(InvalidAccent)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    /// The shade for light pages: as dark as it must be.
    pub fn on_light(self) -> Self {
        self.shade([0; 3], |shade| shade.is_readable_on(LIGHT_PAPER) && ON_LIGHT.is_readable_on(shade))
    }

    /// The shade for dark pages: as light as it must be.
    pub fn on_dark(self) -> Self {
        self.shade([255; 3], |shade| shade.is_readable_on(DARK_PAPER) && ON_DARK.is_readable_on(shade))
    }

    /// The first colour on the way to `end` that will do. Black and white themselves do.
    fn shade(self, end: [u8; 3], does: impl Fn(Self) -> bool) -> Self {
        let towards = |step: u16| {
            let mix = |from: u8, to: u8| (u16::from(from) * (STEPS - step) + u16::from(to) * step) / STEPS;
            let [red, green, blue] = [0, 1, 2].map(|part| mix(self.0[part], end[part]) as u8);
            Self([red, green, blue])
        };
        (0..=STEPS).map(towards).find(|shade| does(*shade)).unwrap_or(Self(end))
    }

    fn is_readable_on(self, paper: Self) -> bool {
        contrast(self, paper) >= READABLE
    }

    /// Relative luminance: 0 is black, 1 is white.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// As it is written for people and styles: `#1d4f91`.
    pub fn hex(self) -> String {
        format!("#{self}")
    }
}

/// How far two colours are apart: from 1 to 21.
pub fn contrast(one: Accent, other: Accent) -> f64 {
    let (one, other) = (one.luminance() + 0.05, other.luminance() + 0.05);
    one.max(other) / one.min(other)
}

/// As it stands in addresses: `1d4f91`.
impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Accent {
    type Err = InvalidAccent;

    fn from_str(text: &str) -> Result<Self, InvalidAccent> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Accent {
    type Error = InvalidAccent;

    fn try_from(text: String) -> Result<Self, InvalidAccent> {
        Self::parse(&text)
    }
}

impl From<Accent> for String {
    fn from(accent: Accent) -> Self {
        accent.hex()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(Accent::parse(" #1D4f91 ").map(Accent::hex).as_deref(), Ok("#1d4f91"));
        assert_eq!(Accent::parse("1d4f91").map(|accent| accent.to_string()).as_deref(), Ok("1d4f91"));
        for wrong in ["", "#", "#fff", "#1d4f9", "#1d4f911", "#1d4f9g", "+d4f91", "red", "#é4f91", "##1d4f9"] {
            assert_eq!(Accent::parse(wrong), Err(InvalidAccent), "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let (black, white) = (Accent([0; 3]), Accent([255; 3]));
        assert!((contrast(black, white) - 21.0).abs() < 1e-9 && (contrast(white, white) - 1.0).abs() < 1e-9);
        assert!((contrast(Accent([0x76; 3]), white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_colour_has_two_shades_that_are_read_and_that_can_be_written_on() {
        let steps = [0u8, 51, 102, 153, 204, 255];
        for red in steps {
            for green in steps {
                for blue in steps {
                    let accent = Accent([red, green, blue]);
                    let (light, dark) = (accent.on_light(), accent.on_dark());
                    assert!(contrast(light, LIGHT_PAPER) >= 4.5 && contrast(ON_LIGHT, light) >= 4.5, "{accent}");
                    assert!(contrast(dark, DARK_PAPER) >= 4.5 && contrast(ON_DARK, dark) >= 4.5, "{accent}");
                    assert_eq!((light.on_light(), dark.on_dark()), (light, dark), "{accent}");
                }
            }
        }
    }

    #[test]
    fn what_is_read_well_stays_as_it_was_chosen() {
        let accent = Accent::parse("#1d4f91").unwrap();
        assert_eq!(accent.on_light(), accent);
        assert_ne!(accent.on_dark(), accent);
    }
}
