//! The table of a feature's mails.

/// Declares the mails of a feature, an entry a mail: its name, the word that it is stored under, the id that it is
/// about, the function that reads what it says, and its fields (ids only).
///
/// ```text
/// mails! {
///     /// To the buyer: the card on file expires next month.
///     Expiring("mail_card_expiring") about order, read by mail_expiring {
///         /// The order.
///         order: OrderId,
///     }
/// }
/// ```
///
/// It makes the enum `Mail`, its [`Work`](crate::outbox::Work), and the function `draft`, which reads a mail as it is
/// to be sent now: none when there is nothing to tell any more. The feature's own `Content` must be in scope. The
/// function gets the portal and the fields in their order.
#[macro_export]
macro_rules! mails {
    ($($(#[$doc:meta])* $mail:ident($word:literal) about $subject:ident, read by $read:ident {
        $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)?
    })*) => {
        /// The mails of this feature: ids only. What a mail says is read when it is sent.
        #[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "kind")]
        pub enum Mail {$(
            $(#[$doc])*
            #[serde(rename = $word)]
            $mail {$(
                $(#[$field_doc])*
                $field: $kind,
            )*},
        )*}

        impl $crate::outbox::Work for Mail {
            fn kind(&self) -> &'static str {
                match self { $(Self::$mail { .. } => $word),* }
            }

            fn subject(&self) -> Option<uuid::Uuid> {
                match self { $(Self::$mail { $subject, .. } => Some($subject.0)),* }
            }

            fn lane(&self) -> $crate::outbox::Lane {
                $crate::outbox::Lane::Mail
            }
        }

        /// A mail of this feature as it is to be sent now, if there still is something to tell.
        pub(crate) async fn draft(
            portal: &$crate::Portal,
            mail: &Mail,
        ) -> Result<Option<$crate::letter::Draft<Content>>, $crate::db::Error> {
            match mail { $(Mail::$mail { $($field),* } => $read(portal $(, *$field)*).await),* }
        }
    };
}
