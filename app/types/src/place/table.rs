//! The macro that makes a wing's two enums of its table of addresses.

/// Takes a table such as
///
/// ```text
/// places! {
///     /// A page or form of buyers, and whose.
///     Place<'a>
///
///     /// The receipt of a refund.
///     RefundReceipt { handle: Handle, protocol: Protocol } = "/orders/{handle}/refund/{protocol}", Buyer, Here;
/// }
/// ```
///
/// A line is an address: its name, the segments that vary in it ([`Segment`](super::Segment)s, in the order of the
/// path), its path, who may call it ([`Who`](super::Who)), and where a language switch leads
/// ([`Return`](super::Return)). The segments' names stand in the braces of the path. From the lines come
///
/// - `Page`, an enum of the names: `Page::RefundReceipt.address()` is what is true of the address;
/// - `Place`, an enum of the names with what varies: `Place::RefundReceipt { handle: "A-1", protocol: "R-7K2M-94QX" }`.
///   `to_string()` and `path()` put the segments into the path, as `format!` does; `parse` reads a path back, and the
///   first line that fits decides: of two that could, the one with fewer segments that vary stands first.
///
/// The lifetime `'a` is that of the text that segments are borrowed from. A table in which nothing varies has none.
macro_rules! places {
    (
        $(#[$doc:meta])*
        Place $(<$life:lifetime>)?
        $($(#[$case_doc:meta])*
        $case:ident $({ $($segment:ident: $kind:ty),* })? = $pattern:literal, $who:ident, $back:ident;)*
    ) => {
        /// A page or form by its name.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Page {
            $($(#[$case_doc])* $case,)*
        }

        impl Page {
            /// Every one, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$case),*];

            /// What is true of its address.
            pub const fn address(self) -> $crate::place::Address {
                match self {
                    $(Self::$case => $crate::place::Address {
                        pattern: $pattern,
                        who: $crate::place::Who::$who,
                        after_language: $crate::place::Return::$back,
                        varied: &[$($((stringify!($segment), <$kind as $crate::place::Segment>::IS_SECRET)),*)?],
                    },)*
                }
            }
        }

        impl From<Page> for $crate::place::Address {
            fn from(page: Page) -> Self {
                page.address()
            }
        }

        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Place $(<$life>)? {
            $($(#[$case_doc])*
            $case $({
                $(
                    #[doc = concat!("What stands where the path has `{", stringify!($segment), "}`.")]
                    $segment: <$kind as $crate::place::Segment>::Read<'a>,
                )*
            })?,)*
        }

        impl $(<$life>)? Place $(<$life>)? {
            /// The place with this path, which has no question behind it; none if it is not one of these.
            pub fn parse(path: &$($life)? str) -> Option<Self> {
                None$(.or_else(|| {
                    // Most lines are told apart by how they begin, which costs no more than a comparison.
                    path.strip_prefix(const { $crate::place::segment::fixed($pattern) })?;
                    let [$($($segment),*)?] = $crate::place::segment::varied($pattern, path)?;
                    Some(Self::$case $({ $($segment: <$kind as $crate::place::Segment>::read($segment)?),* })?)
                }))*
            }

            /// Its path.
            pub fn path(self) -> String {
                self.to_string()
            }

            /// Its name.
            pub const fn page(self) -> Page {
                match self {
                    $(Self::$case { .. } => Page::$case,)*
                }
            }
        }

        impl $(<$life>)? std::fmt::Display for Place $(<$life>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match *self {
                    $(Self::$case $({ $($segment),* })? => write!(f, $pattern),)*
                }
            }
        }
    };
}

pub(super) use places;
