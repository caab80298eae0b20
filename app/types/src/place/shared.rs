//! The addresses that belong to no audience.

super::places! {
    /// A form that belongs to no audience.
    Place

    /// Takes a language.
    Language = "/language", Anyone, Home;
}
