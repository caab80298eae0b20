//! What stands around the page: head, name, sign-out, footer, languages.

use crate::html::escaped;

/// Everything before the page's own markup.
pub const TOP: &str = concat!(
    r#"<!doctype html><html lang="pt-BR"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">"#,
    "<title>Minhas compras</title>",
    r#"<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/pkg/style.0123456789abcdef.css">"#,
    r##"</head><body><a class="skip" href="#main">Ir para o conteúdo</a><header class="top"><strong class="name">Minhas compras</strong>"##,
    r#"<nav aria-label="Minhas compras"><a class="home" href="/account">Minha conta</a><form method="post" action="/sign-out"><button class="quiet">Sair</button></form></nav></header>"#,
    r#"<main id="main">"#,
);

/// Everything after it.
pub fn bottom(email: &str) -> String {
    format!(
        concat!(
            r#"</main><footer class="bottom"><p>Você entrou como {}.</p>"#,
            "<p>Aftersale: seus pedidos, acessos e reembolsos em um só lugar.</p>",
            r#"<form method="post" action="/language" aria-label="Idioma"><input type="hidden" name="back" value="/">"#,
            r#"<button class="quiet" name="language" value="pt-BR" lang="pt-BR" aria-current="true">Português</button>"#,
            r#"<button class="quiet" name="language" value="en" lang="en">English</button></form></footer></body></html>"#,
        ),
        escaped(email)
    )
}

/// Search and filter above the list.
pub const FILTER: &str = concat!(
    r#"<details class="finder"><summary>Buscar e filtrar</summary><form class="filter" method="get" action="/" role="search">"#,
    r#"<div class="field"><label for="q">Buscar</label>"#,
    r#"<input class="input" id="q" name="q" type="search" value="" aria-describedby="q-help"><p class="help" id="q-help">"#,
    r#"Produto ou código do pedido</p></div><div class="field"><label for="status">Situação</label>"#,
    r#"<select class="input" id="status" name="status"><option value="">Todas</option>"#,
    r#"<option value="pending">Aguardando pagamento</option><option value="canceled">Cancelado</option>"#,
    r#"<option value="paid">Pago</option><option value="partly_refunded">Devolvido em parte</option>"#,
    r#"<option value="disputed">Em disputa no banco</option><option value="refunded">Devolvido</option></select></div>"#,
    r#"<button class="button">Filtrar</button></form></details>"#,
);
