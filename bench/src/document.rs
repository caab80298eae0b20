//! What stands around a page: head, name, ways out, footer, languages.

use crate::headers;
use crate::html::{escaped, push};
use crate::visitor::Visitor;
use axum::response::{Html, IntoResponse, Response};
use std::fmt::Write;

/// A page that is being written.
pub(crate) struct Document {
    /// What was written so far.
    pub html: String,
    nonce: String,
}

const HEAD: &str = r#"<!doctype html><html lang="pt-BR"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>"#;

const LINKS: &str = concat!(
    r#"</title><link rel="icon" href="/favicon.svg" type="image/svg+xml">"#,
    r#"<link rel="stylesheet" href="/pkg/style.0123456789abcdef.css">"#,
);

const SCRIPT: &str = concat!(
    r#"<script type="module" id="client" src="/pkg/client.0123456789abcdef.js" data-wasm="/pkg/client_bg.0123456789abcdef.wasm" "#,
    r#"nonce=""#,
);

const SKIP: &str =
    r##"</head><body><a class="skip" href="#main">Ir para o conteúdo</a><header class="top"><strong class="name">"##;

const WAYS: &str = concat!(
    r#"<a class="home" href="/account">Minha conta</a><form method="post" action="/sign-out"><button class="quiet">Sair</button></form>"#,
    r#"</nav></header><main id="main">"#,
);

const LANGUAGES: &str = concat!(
    r#""><button class="quiet" name="language" value="pt-BR" lang="pt-BR" aria-current="true">Português</button>"#,
    r#"<button class="quiet" name="language" value="en" lang="en">English</button></form></footer></body></html>"#,
);

const FOOTER: &str = concat!(
    "<p>Aftersale: seus pedidos, acessos e reembolsos em um só lugar.</p>",
    r#"<form method="post" action="/language" aria-label="Idioma"><input type="hidden" name="back" value=""#,
);

impl Document {
    /// A page of the buyer's own.
    pub(crate) fn of_buyer(title: &str) -> anyhow::Result<Self> {
        let mut document = Self::with_room()?;
        document.head(title, "Minhas compras", false);
        document.html.push_str(WAYS);
        Ok(document)
    }

    /// A page about something that a producer sold. Only pages with islands load the script.
    pub(crate) fn of_producer(title: &str, producer: &str, has_islands: bool) -> anyhow::Result<Self> {
        let mut document = Self::with_room()?;
        document.head(title, producer, has_islands);
        document.html.push_str(r#"<a class="home" href="/">Minhas compras</a>"#);
        document.html.push_str(WAYS);
        Ok(document)
    }

    fn with_room() -> anyhow::Result<Self> {
        Ok(Self { html: String::with_capacity(16 * 1024), nonce: headers::nonce()? })
    }

    fn head(&mut self, title: &str, name: &str, has_islands: bool) {
        let html = &mut self.html;
        html.push_str(HEAD);
        push(html, title);
        if title != name {
            html.push_str(" · ");
            push(html, name);
        }
        html.push_str(LINKS);
        if has_islands {
            html.push_str(SCRIPT);
            html.push_str(&self.nonce);
            html.push_str(r#""></script>"#);
        }
        html.push_str(SKIP);
        push(html, name);
        html.push_str(r#"</strong><nav aria-label="Navegação">"#);
    }

    /// The whole answer. `zone` is the one in which its hours are meant.
    pub(crate) fn answer(mut self, visitor: &Visitor, zone: Option<&str>) -> anyhow::Result<Response> {
        let html = &mut self.html;
        html.push_str(r#"</main><footer class="bottom"><p>Você entrou como "#);
        push(html, &visitor.buyer.email);
        html.push_str(".</p>");
        if let Some(zone) = zone {
            html.push_str("<p>Datas e horas no fuso ");
            push(html, &zone.replace('_', " "));
            html.push_str(".</p>");
        }
        html.push_str(FOOTER);
        push(html, &visitor.path);
        html.push_str(LANGUAGES);
        Ok((headers::secure(&self.nonce)?, Html(self.html)).into_response())
    }
}

/// A code with the island that copies it.
pub(crate) fn copy_button(html: &mut String, code: &str, label: &str) -> anyhow::Result<()> {
    let code = escaped(code);
    write!(
        html,
        concat!(
            r#"<span class="copy"><code>{code}</code><leptos-island data-component="CopyButton_0123456789" "#,
            r#"data-props="{{&quot;text&quot;:&quot;{code}&quot;,&quot;label&quot;:&quot;{label}&quot;,&quot;done&quot;:&quot;Copiado&quot;,"#,
            r#"&quot;class&quot;:&quot;button small&quot;}}"><button type="button" class="button small" hidden>{label}</button>"#,
            r#"<span role="status" class="copy-status"> </span></leptos-island></span>"#,
        ),
        code = code,
        label = label
    )?;
    Ok(())
}
