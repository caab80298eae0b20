//! The description of the API for programs (OpenAPI) and for people (one plain page made from it).

use super::problem::PROBLEMS;
use app::ui::escape;
use axum::response::Html;
use serde_json::Value;
use std::fmt::Write;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder};

/// What the description says before the calls.
pub(super) fn about() -> OpenApi {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A key made with `aftersale create-api-key`."))
        .build();
    let info = InfoBuilder::new().title("Aftersale").version("1").description(Some(
        "Amounts are integers in minor units. Times are RFC 3339. Lists are pages with `next_cursor`. \
         Unknown fields are refused; where a field may be left out, `null` is as if it were. \
         Errors are `application/problem+json` with a stable `code`.",
    ));
    OpenApiBuilder::new()
        .info(info.build())
        .components(Some(ComponentsBuilder::new().security_scheme("key", SecurityScheme::Http(bearer)).build()))
        .build()
}

/// Gives every operation a name of its own: method and path.
pub(super) fn name_operations(description: &mut OpenApi) {
    for (path, item) in &mut description.paths.paths {
        let noun = path.trim_start_matches("/api/v1/").replace(['/', '-'], "_").replace(['{', '}'], "");
        for (method, operation) in [("get", &mut item.get), ("put", &mut item.put), ("post", &mut item.post)] {
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{method}_{noun}"));
            }
        }
    }
}

/// `/api/docs`.
pub(super) async fn page() -> Html<String> {
    let description = serde_json::to_value(super::openapi()).unwrap_or_default();
    Html(write_page(&description))
}

fn write_page(description: &Value) -> String {
    let mut html = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">",
    );
    html.push_str("<title>Aftersale API</title></head><body><main><h1>Aftersale API</h1>");
    let _ = write!(
        html,
        "<p>{}</p><p>For programs: <a href=\"/api/v1/openapi.json\">openapi.json</a></p>",
        text(&description["info"]["description"])
    );
    for (path, item) in members(&description["paths"]) {
        for (method, operation) in members(item) {
            write_call(&mut html, description, method, path, operation);
        }
    }
    html.push_str("<h2>Problems</h2><dl>");
    for (code, status, title) in PROBLEMS {
        let _ =
            write!(html, "<dt id=\"{code}\"><code>{code}</code> ({})</dt><dd>{}</dd>", status.as_u16(), escape(title));
    }
    html.push_str("</dl></main></body></html>");
    html
}

fn write_call(html: &mut String, description: &Value, method: &str, path: &str, operation: &Value) {
    let _ = write!(
        html,
        "<section><h2>{}</h2><p><code>{} {}</code></p>",
        text(&operation["summary"]),
        method.to_uppercase(),
        escape(path)
    );
    let _ = write!(html, "<p>{}</p>", text(&operation["description"]));
    let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    if !parameters.is_empty() {
        html.push_str("<h3>Parameters</h3><dl>");
        for parameter in parameters {
            let _ = write!(
                html,
                "<dt><code>{}</code> ({})</dt><dd>{}</dd>",
                text(&parameter["name"]),
                text(&parameter["in"]),
                text(&parameter["description"])
            );
        }
        html.push_str("</dl>");
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    write_shape(html, description, "Body", body);
    for (status, response) in members(&operation["responses"]).filter(|(status, _)| *status != "default") {
        write_shape(html, description, &format!("Answer {status}"), &response["content"]["application/json"]["schema"]);
    }
    html.push_str("</section>");
}

/// The fields of a shape, nested shapes indented under them.
fn write_shape(html: &mut String, description: &Value, title: &str, schema: &Value) {
    if schema.is_null() {
        return;
    }
    let _ = write!(html, "<h3>{}</h3>", escape(title));
    write_fields(html, description, schema, 0);
}

fn write_fields(html: &mut String, description: &Value, schema: &Value, depth: usize) {
    let schema = resolved(description, schema);
    let parts = schema["allOf"]
        .as_array()
        .map_or_else(|| vec![schema], |parts| parts.iter().map(|part| resolved(description, part)).collect());
    html.push_str("<dl>");
    for part in parts {
        let required: Vec<&str> = part["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, field) in members(&part["properties"]) {
            let optional = if required.contains(&name) { "" } else { ", optional" };
            let inner = inner(description, field);
            let about = if field["description"].is_null() { &inner["description"] } else { &field["description"] };
            let _ = write!(
                html,
                "<dt><code>{}</code> {}{optional}</dt><dd>{}",
                escape(name),
                escape(&kind(field, inner)),
                text(about)
            );
            if depth < 4 && inner["properties"].is_object() {
                write_fields(html, description, inner, depth + 1);
            }
            html.push_str("</dd>");
        }
    }
    html.push_str("</dl>");
}

/// What a field holds: the shape itself, that of a list's elements, or that behind a reference.
fn inner<'a>(description: &'a Value, field: &'a Value) -> &'a Value {
    let schema = if field["items"].is_object() { &field["items"] } else { field };
    let choice = schema["oneOf"].as_array().and_then(|choices| choices.iter().find(|choice| choice["type"] != "null"));
    resolved(description, choice.unwrap_or(schema))
}

fn kind(field: &Value, inner: &Value) -> String {
    let list = if field["items"].is_object() { "list of " } else { "" };
    let words: Vec<&str> = inner["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !words.is_empty() {
        return format!("{list}{}", words.join(" | "));
    }
    let name = match &inner["type"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        name => name.as_str().unwrap_or("object").to_owned(),
    };
    format!("{list}{name}")
}

fn resolved<'a>(description: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/components/schemas/"));
    name.map_or(schema, |name| &description["components"]["schemas"][name])
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When the API changed: look at the difference and run with `INSTA_UPDATE=always`.
    #[test]
    fn the_description_is_the_one_on_file() {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let description = serde_json::to_string_pretty(&crate::api::openapi()).unwrap();
        settings.bind(|| insta::assert_snapshot!("openapi", description));
    }

    #[test]
    fn the_page_names_every_call_and_problem_and_loads_nothing() {
        let html = write_page(&serde_json::to_value(crate::api::openapi()).unwrap());
        for word in ["/api/v1/orders/{code}/links", "PUT /api/v1/products/{code}", "id=\"order_exists\"", "items"] {
            assert!(html.contains(word), "{word}");
        }
        assert!(!html.contains("<script") && !html.contains("http://") && !html.contains("style="));
    }
}
