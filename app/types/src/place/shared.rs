//! The addresses that belong to no audience.

use crate::{Accent, PictureName};

super::places! {
    /// A form or file that belongs to no audience.
    Place<'a>

    /// Takes a language.
    Language = "/language", Anyone, Home;
    /// The style of pages that this colour leads.
    Accent { accent: Accent } = "/accent/{accent}", Anyone, Home;
    /// A seller's picture.
    Logo { logo: PictureName } = "/logo/{logo}", Anyone, Home;
    /// A product's picture.
    Picture { picture: PictureName } = "/picture/{picture}", Anyone, Home;
}
