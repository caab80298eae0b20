//! Who answers a function: the screens, which this crate does not know.

/// What a function asks: its arguments, as the macro writes them.
pub trait Ask: Send + 'static {
    /// What it is answered.
    type Answer: Send + 'static;
}

#[cfg(feature = "ssr")]
pub use on_the_server::Answers;
#[cfg(feature = "ssr")]
pub(crate) use on_the_server::ask;

#[cfg(feature = "ssr")]
mod on_the_server {
    use super::Ask;
    use leptos::prelude::{ServerFnError, use_context};
    use std::pin::Pin;
    use std::sync::Arc;

    type Answering<T> = Pin<Box<dyn Future<Output = Option<T>> + Send>>;

    /// Answers what `A` asks. It stands in the context of a function and knows who calls it.
    pub struct Answers<A: Ask>(Arc<dyn Fn(A) -> Answering<A::Answer> + Send + Sync>);

    impl<A: Ask> Clone for Answers<A> {
        fn clone(&self) -> Self {
            Self(self.0.clone())
        }
    }

    impl<A: Ask> Answers<A> {
        /// By this function, which keeps for itself why it answers nothing.
        pub fn by<F: Future<Output = Option<A::Answer>> + Send + 'static>(
            answer: impl Fn(A) -> F + Send + Sync + 'static,
        ) -> Self {
            Self(Arc::new(move |asked| Box::pin(answer(asked))))
        }
    }

    /// The answer of whoever answers here. The words of the error are read by nobody.
    pub(crate) async fn ask<A: Ask>(asked: A) -> Result<A::Answer, ServerFnError> {
        let answers = use_context::<Answers<A>>().ok_or_else(|| ServerFnError::new("nobody answers here"))?;
        (answers.0)(asked).await.ok_or_else(|| ServerFnError::new("no answer"))
    }
}
