//! A QR code as a picture, drawn as one path, so that the picture is crisp at every size. A text that no code holds has
//! no picture and is still there to be copied.

use fast_qr::{ECL, QRBuilder, QRCode};
use leptos::prelude::*;
use std::fmt::Write as _;

/// The light edge that a camera needs around the code, in modules.
const QUIET_ZONE: usize = 4;

/// A code as it is drawn. Its squares are dark on light in either colour scheme, or no camera reads them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Side of the picture in modules, quiet zone included.
    pub side: usize,
    /// The dark modules as the `d` of a path.
    pub path: String,
}

/// The picture of a text of 1 to 2,953 bytes (more if it is of digits or capitals only); none of any other.
pub fn picture(text: &str) -> Option<Picture> {
    if text.is_empty() {
        return None;
    }
    // The least correction makes the largest squares: a screen is not torn or stained, but a camera may be poor.
    let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
    Some(Picture { side: code.size + 2 * QUIET_ZONE, path: path(&code) })
}

/// The picture as markup, named by `label`.
pub fn image(picture: Picture, label: String) -> impl IntoView {
    let Picture { side, path } = picture;
    view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <path d=path fill="#000"/>
        </svg>
    }
}

/// Neighbours in a row are one rectangle: shorter, and no light shines through between them.
fn path(code: &QRCode) -> String {
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        for run in code[y].chunk_by(|one, other| one.value() == other.value()) {
            if run[0].value() {
                let width = run.len();
                // Writing into a string cannot fail.
                let _ = write!(path, "M{} {}h{width}v1h-{width}z", x + QUIET_ZONE, y + QUIET_ZONE);
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::program::output;
    use std::fs;
    use std::path::PathBuf;

    /// The modules of a picture, row by row, as its path paints them.
    fn paint(picture: &Picture) -> Vec<Vec<bool>> {
        let mut dark = vec![vec![false; picture.side]; picture.side];
        for rectangle in picture.path.split_terminator('z') {
            let numbers: Vec<usize> = rectangle
                .split(|letter: char| !letter.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let [x, y, width, height, back] = numbers[..] else { panic!("{rectangle}") };
            assert_eq!((height, back), (1, width), "{rectangle}");
            dark[y][x..x + width].fill(true);
        }
        dark
    }

    /// The picture as a file that `zbarimg` reads (PGM), four points a module.
    fn image(picture: &Picture) -> Vec<u8> {
        let points =
            |row: Vec<bool>| row.into_iter().flat_map(|dark| [if dark { 0 } else { 255 }; 4]).collect::<Vec<u8>>();
        let mut image = format!("P5 {side} {side} 255\n", side = 4 * picture.side).into_bytes();
        image.extend(paint(picture).into_iter().flat_map(|row| points(row).repeat(4)));
        image
    }

    /// Printable text of this many bytes, like what a Pix carries.
    fn text(length: usize) -> String {
        "00020126br.gov.bcb.PIX/v2?x=aZ9-".chars().cycle().take(length).collect()
    }

    #[test]
    fn a_code_grows_with_its_text_until_no_code_holds_it() {
        for (length, modules) in [(1, 21), (17, 21), (18, 25), (192, 49), (193, 53), (1_200, 117), (2_953, 177)] {
            let picture = picture(&text(length)).unwrap();
            assert_eq!(picture.side, modules + 8, "{length} bytes");
        }
        assert_eq!(picture(&text(2_954)), None);
        assert_eq!(picture(""), None);
    }

    #[test]
    fn the_edge_is_light_and_the_finders_stand_in_three_corners() {
        let picture = picture("https://example.com").unwrap();
        let dark = paint(&picture);
        let last = picture.side - 1;
        let is_edge = |at: usize| at < QUIET_ZONE || at > last - QUIET_ZONE;
        for (y, row) in dark.iter().enumerate() {
            for (x, is_dark) in row.iter().enumerate().filter(|(x, _)| is_edge(*x) || is_edge(y)) {
                assert!(!is_dark, "{x}, {y}");
            }
        }
        let finder = |x: usize, y: usize| (0..7).all(|at| dark[y][x + at] && dark[y + 6][x + at] && dark[y + at][x]);
        let far = last - QUIET_ZONE - 6;
        assert!(finder(QUIET_ZONE, QUIET_ZONE) && finder(far, QUIET_ZONE) && finder(QUIET_ZONE, far));
        assert!(!finder(far, far));
    }

    #[test]
    fn a_reader_reads_back_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let mut texts: Vec<String> = (1..=1_200).step_by(31).chain([192, 193, 2_000, 2_953]).map(text).collect();
        texts.extend(["7".repeat(60), "PIX 2026 A*B".to_owned()]);
        let files = texts.iter().enumerate().map(|(number, text)| {
            let file = folder.path().join(format!("{number}.pgm"));
            fs::write(&file, image(&picture(text).unwrap())).unwrap();
            file
        });
        let arguments = ["--quiet", "--raw", "--nodbus"].map(PathBuf::from).into_iter().chain(files);
        let read = String::from_utf8(output("zbarimg", "zbar-tools", arguments)).unwrap();
        assert_eq!(read.lines().count(), texts.len());
        for (read, text) in read.lines().zip(&texts) {
            assert_eq!(read, text, "{} bytes", text.len());
        }
    }
}
