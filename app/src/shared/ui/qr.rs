//! A QR code as a picture, in the one size that holds a Pix code without a library: version 8, level L, up to 192 bytes. A longer code is
//! still there to be copied.

const SIZE: usize = 49;
const LONGEST: usize = 192;
/// Two blocks of 97 bytes, each with 24 for correction.
const BLOCK: usize = 97;
const CORRECTION: usize = 24;
/// Level L with mask 0, and version 8, with their own check bits, as the standard lists them.
const FORMAT: u32 = 0x77C4;
const VERSION: u32 = 0x085BC;

/// Side of the picture, its quiet edge included.
pub const SIDE: usize = SIZE + 8;

/// The dark squares as the `d` of a path in a picture of [`SIDE`]; none for a text that is too long.
pub fn path(text: &str) -> Option<String> {
    let modules = modules(text.as_bytes())?;
    let mut path = String::new();
    for (y, row) in modules.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + 4, y + 4));
        }
    }
    Some(path)
}

/// The square while it is drawn: which modules are dark, and which belong to the frame and carry no data.
struct Square {
    dark: [[bool; SIZE]; SIZE],
    fixed: [[bool; SIZE]; SIZE],
}

fn modules(text: &[u8]) -> Option<[[bool; SIZE]; SIZE]> {
    let codewords = codewords(text)?;
    let mut square = Square { dark: [[false; SIZE]; SIZE], fixed: [[false; SIZE]; SIZE] };
    square.draw_frame();
    square.fill(&codewords);
    Some(square.dark)
}

/// Data and correction, the blocks interleaved.
fn codewords(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() > LONGEST {
        return None;
    }
    // Mode "bytes" and the length push everything by half a byte.
    let mut data = vec![0x40 | (text.len() >> 4) as u8];
    let mut last = (text.len() & 0x0F) as u8;
    for byte in text {
        data.push((last << 4) | (byte >> 4));
        last = byte & 0x0F;
    }
    data.push(last << 4);
    data.extend([0xEC, 0x11].iter().cycle().take((2 * BLOCK).saturating_sub(data.len())));
    let (one, two) = data.split_at(BLOCK);
    let (check_one, check_two) = (correction(one), correction(two));
    let mixed = one.iter().zip(two).chain(check_one.iter().zip(&check_two)).flat_map(|(a, b)| [*a, *b]);
    Some(mixed.collect())
}

/// The remainder of Reed and Solomon.
fn correction(data: &[u8]) -> Vec<u8> {
    let divisor = divisor();
    let mut rest = vec![0; CORRECTION];
    for byte in data {
        let factor = byte ^ rest.remove(0);
        rest.push(0);
        rest.iter_mut().zip(&divisor).for_each(|(rest, part)| *rest ^= multiply(*part, factor));
    }
    rest
}

fn divisor() -> Vec<u8> {
    let mut divisor = vec![0; CORRECTION];
    divisor[CORRECTION - 1] = 1;
    let mut root = 1;
    for _ in 0..CORRECTION {
        for index in 0..CORRECTION {
            divisor[index] = multiply(divisor[index], root) ^ divisor.get(index + 1).copied().unwrap_or(0);
        }
        root = multiply(root, 2);
    }
    divisor
}

/// In the field of 256 elements that QR codes use.
fn multiply(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0, |product: u8, bit| {
        let carry = if product & 0x80 == 0 { 0 } else { 0x1D };
        (product << 1) ^ carry ^ (((b >> bit) & 1) * a)
    })
}

impl Square {
    fn set(&mut self, x: usize, y: usize, dark: bool) {
        self.dark[y][x] = dark;
        self.fixed[y][x] = true;
    }

    fn draw_frame(&mut self) {
        for index in 0..SIZE {
            self.set(6, index, index % 2 == 0);
            self.set(index, 6, index % 2 == 0);
        }
        for (x, y) in [(3, 3), (SIZE - 4, 3), (3, SIZE - 4)] {
            self.draw_finder(x, y);
        }
        for (x, y) in [(6, 24), (24, 6), (24, 24), (24, 42), (42, 24), (42, 42)] {
            for (dx, dy) in (0..5_usize).flat_map(|dx| (0..5_usize).map(move |dy| (dx, dy))) {
                let ring = dx.abs_diff(2).max(dy.abs_diff(2));
                self.set(x + dx - 2, y + dy - 2, ring != 1);
            }
        }
        self.draw_format();
        for bit in 0..18 {
            let (a, b) = (SIZE - 11 + bit % 3, bit / 3);
            let dark = (VERSION >> bit) & 1 == 1;
            self.set(a, b, dark);
            self.set(b, a, dark);
        }
    }

    fn draw_finder(&mut self, x: usize, y: usize) {
        for (dx, dy) in (0..9_usize).flat_map(|dx| (0..9_usize).map(move |dy| (dx, dy))) {
            let ring = dx.abs_diff(4).max(dy.abs_diff(4));
            let place = (x + dx).checked_sub(4).zip((y + dy).checked_sub(4));
            if let Some((x, y)) = place.filter(|(x, y)| *x < SIZE && *y < SIZE) {
                self.set(x, y, ring != 2 && ring != 4);
            }
        }
    }

    fn draw_format(&mut self) {
        let dark = |bit: usize| (FORMAT >> bit) & 1 == 1;
        for bit in 0..6 {
            self.set(8, bit, dark(bit));
        }
        for (x, y, bit) in [(8, 7, 6), (8, 8, 7), (7, 8, 8)] {
            self.set(x, y, dark(bit));
        }
        for bit in 9..15 {
            self.set(14 - bit, 8, dark(bit));
        }
        for bit in 0..8 {
            self.set(SIZE - 1 - bit, 8, dark(bit));
        }
        for bit in 8..15 {
            self.set(8, SIZE - 15 + bit, dark(bit));
        }
        self.set(8, SIZE - 8, true);
    }

    /// Two columns at a time, up and down from the right, with mask 0 over the data.
    fn fill(&mut self, codewords: &[u8]) {
        let mut bits = codewords.iter().flat_map(|byte| (0..8).rev().map(move |bit| (byte >> bit) & 1 == 1));
        let columns = (0..SIZE).rev().filter(|x| *x != 6).collect::<Vec<_>>();
        for (pair, columns) in columns.chunks(2).enumerate() {
            for step in 0..SIZE {
                let y = if pair % 2 == 0 { SIZE - 1 - step } else { step };
                for x in columns {
                    if !self.fixed[y][*x] {
                        self.dark[y][*x] = bits.next().unwrap_or(false) ^ ((x + y) % 2 == 0);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A polynomial's value, highest power first.
    fn value(polynomial: &[u8], at: u8) -> u8 {
        polynomial.iter().fold(0, |sum, part| multiply(sum, at) ^ part)
    }

    #[test]
    fn a_block_with_its_correction_is_zero_at_every_root() {
        let data: Vec<u8> = (0..97_u8).map(|number| number.wrapping_mul(7).wrapping_add(3)).collect();
        let block = [data.clone(), correction(&data)].concat();
        let mut root = 1;
        for _ in 0..CORRECTION {
            assert_eq!(value(&block, root), 0);
            root = multiply(root, 2);
        }
    }

    #[test]
    fn the_data_fills_the_square_exactly() {
        let codewords = codewords(b"00020126").unwrap();
        assert_eq!(codewords.len(), 242);
        assert_eq!(codewords[0], 0x40);
        let mut square = Square { dark: [[false; SIZE]; SIZE], fixed: [[false; SIZE]; SIZE] };
        square.draw_frame();
        assert_eq!(square.fixed.iter().flatten().filter(|fixed| !**fixed).count(), 242 * 8);
        assert!(modules(&[b'0'; 193]).is_none());
    }
}
