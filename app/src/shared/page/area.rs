use types::Language;

/// An area in which people work, as the frame of its pages shows it.
#[derive(Clone, Debug)]
pub(crate) struct Area {
    /// Whose it is: the producer's name, or the portal's own.
    pub(crate) name: String,
    /// Who is signed in.
    pub(crate) who: String,
    /// Where the area leads, the page that is open among them.
    pub(crate) leads: Vec<Lead>,
    /// Where signing out is posted to.
    pub(crate) sign_out: String,
    /// The language of whoever is signed in.
    pub(crate) language: Language,
}

/// Where an area leads.
#[derive(Clone, Debug)]
pub(crate) struct Lead {
    /// The address.
    pub(crate) address: String,
    /// Its name.
    pub(crate) name: String,
    /// Whether the open page is there.
    pub(crate) is_here: bool,
}
