//! The account at a glance.

use crate::calendar::{Calendar, HOME_ZONE};
use crate::document::Document;
use crate::html::escaped;
use crate::session::IDLE_MICROS;
use crate::visitor::{Answer, Refusal, Visitor};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::fmt::Write;
use uuid::Uuid;

/// Of a person who asked for nothing that waits.
const PERSON: &str = "select p.name, p.phone from people p where p.id = $1 and p.tax_id is null
    and not exists (select 1 from email_changes c where c.person_id = p.id and c.confirmed_at is null and c.withdrawn_at is null and c.expires_at > $2)
    and not exists (select 1 from erasures e where e.person_id = p.id and e.state = 'waiting')";
const SESSIONS: &str = "select id, address, browser, created_at, last_seen_at from sessions
    where person_id = $1 and ended_at is null and expires_at > $2 and last_seen_at > $3 order by created_at desc, id desc";
const PAYMENTS: &str = "select c.paid_at, pr.time_zone from orders o join charges c on c.order_id = o.id join producers pr on pr.id = o.producer_id
    where o.person_id = $1 and c.paid_at is not null and c.status in ('paid', 'refunded', 'disputed')";

pub async fn show(visitor: Visitor) -> Answer {
    let (person, now) = (visitor.buyer.person, visitor.micros());
    let mut reader = visitor.pool.acquire().await?;
    let row = sqlx::query(PERSON).bind(person).bind(now).fetch_optional(&mut *reader).await?;
    let row = row.ok_or(Refusal::NotFound)?;
    let open = sqlx::query(SESSIONS).bind(person).bind(now).bind(now - IDLE_MICROS).fetch_all(&mut *reader).await?;
    let payments = sqlx::query(PAYMENTS).bind(person).fetch_all(&mut *reader).await?;
    drop(reader);
    let calendar = Calendar::new(HOME_ZONE, visitor.now)?;
    let mut document = Document::of_buyer("Minha conta")?;
    particulars(&mut document.html, &row, &visitor.buyer.email)?;
    sessions(&mut document.html, &open, visitor.buyer.session, &calendar)?;
    papers(&mut document.html, &payments)?;
    document.html.push_str(DATA);
    Ok(document.answer(&visitor, Some(HOME_ZONE))?)
}

fn particulars(html: &mut String, row: &SqliteRow, email: &str) -> anyhow::Result<()> {
    let phone: Option<&str> = row.try_get("phone")?;
    write!(
        html,
        concat!(
            r#"<h1>Minha conta</h1><section class="card" id="profile"><h2>Seus dados</h2><dl class="facts"><div><dt>Nome</dt><dd>{}</dd></div>"#,
            "<div><dt>Telefone</dt><dd>{}</dd></div><div><dt>CPF ou CNPJ</dt><dd>não informado</dd></div></dl>",
            r#"<p><a class="button" href="/account/profile">Alterar dados</a></p></section><section class="card" id="email"><h2>E-mail</h2>"#,
            r#"<p>{}</p><p><a class="button" href="/account/email">Trocar de e-mail</a></p></section>"#,
            r#"<section class="card" id="language"><h2>Idioma</h2><p>Vale para as páginas em qualquer aparelho e para os e-mails.</p>"#,
            r#"<form method="post" action="/language" class="row"><input type="hidden" name="back" value="/account">"#,
            r#"<button class="button" name="language" value="pt-BR" lang="pt-BR" aria-current="true">Português</button>"#,
            r#"<button class="button" name="language" value="en" lang="en">English</button></form></section>"#,
        ),
        escaped(row.try_get("name")?),
        escaped(phone.unwrap_or("não informado")),
        escaped(email),
    )?;
    Ok(())
}

fn sessions(html: &mut String, open: &[SqliteRow], this: Uuid, calendar: &Calendar) -> anyhow::Result<()> {
    html.push_str(concat!(
        r#"<section class="card" id="sessions"><h2>Aparelhos conectados</h2><p>Navegadores em que a sua conta está aberta agora. "#,
        r#"Se não reconhece algum, encerre-o.</p><ul class="lines sessions">"#
    ));
    for row in open {
        session(html, row, this, calendar)?;
    }
    html.push_str(
        r#"</ul><form method="post" action="/account/sessions/end"><button class="button">Sair de todos os aparelhos</button></form></section>"#,
    );
    Ok(())
}

/// A browser that says nothing of itself, as that of the bench.
fn session(html: &mut String, row: &SqliteRow, this: Uuid, calendar: &Calendar) -> anyhow::Result<()> {
    let (id, address): (Uuid, _) = (row.try_get("id")?, escaped(row.try_get("address")?));
    let (since, seen) = (calendar.moment(row.try_get("created_at")?)?, calendar.moment(row.try_get("last_seen_at")?)?);
    let name = match row.try_get("browser")? {
        "" => "Navegador desconhecido",
        other => anyhow::bail!("no name for {other}"),
    };
    write!(
        html,
        "<li><span><strong>{name}</strong><small>Rede {address} · entrou em {since} · visto em {seen}</small></span>"
    )?;
    match id == this {
        true => html.push_str(r#"<span class="chip good">Este aparelho</span></li>"#),
        false => write!(
            html,
            r#"<form method="post" action="/account/sessions/{id}/end"><button class="button small" aria-label="Encerrar {name} na rede {address}">Encerrar</button></form></li>"#
        )?,
    }
    Ok(())
}

/// Years in which something was paid, by the calendar of who sold it.
fn papers(html: &mut String, payments: &[SqliteRow]) -> anyhow::Result<()> {
    let mut years = Vec::new();
    for row in payments {
        let (at, zone): (i64, &str) = (row.try_get("paid_at")?, row.try_get("time_zone")?);
        years.push(Timestamp::from_microsecond(at)?.to_zoned_datetime(TimeZone::get(zone)?).year());
    }
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    html.push_str(concat!(
        r#"<section class="card" id="papers"><h2>Comprovantes por ano</h2><p>Todos os comprovantes de pagamento e de devolução de um ano, "#,
        r#"em PDF, em um só arquivo.</p><ul class="lines">"#
    ));
    for year in years {
        write!(html, r#"<li><a href="/account/receipts/{year}">Baixar {year} (ZIP)</a></li>"#)?;
    }
    html.push_str("</ul></section>");
    Ok(())
}

const DATA: &str = concat!(
    r#"<section class="card" id="data"><h2>Meus dados</h2><p>Você pode levar uma cópia de tudo o que sabemos sobre você ou pedir que seja apagado.</p>"#,
    r#"<ul class="lines"><li><a href="/account/data">Baixar meus dados (JSON)</a></li><li><a href="/account/erasure">Apagar meus dados</a></li></ul></section>"#,
    r#"<p><a href="/">Voltar para minhas compras</a></p>"#,
);
