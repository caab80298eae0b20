use super::*;
use clap::FromArgMatches;
use std::ffi::OsString;

fn given(flags: &[&str], variables: &[(&str, &str)]) -> Given {
    let command = <Flags as clap::Args>::augment_args(clap::Command::new("test"));
    let matches = command.try_get_matches_from([&["test"], flags].concat()).unwrap();
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(*value)));
    Given::new(&Flags::from_arg_matches(&matches).unwrap(), variables)
}

fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::read(&given(&[], variables))
}

const KEY: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn every_default_is_a_valid_value() {
    let config = read(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.base_url.as_str(), "http://127.0.0.1:3000");
    assert_eq!(config.purchases_link_lifetime, Duration::from_secs(600));
    assert_eq!(config.order_link_lifetime, Duration::from_secs(6 * 3600));
    assert!(config.has_mailbox());
}

#[test]
fn a_flag_goes_before_a_variable_and_that_before_the_default() {
    let listen = |flags, variables| Config::read(&given(flags, variables)).unwrap().listen.port();
    let variable = [("AFTERSALE_LISTEN", "127.0.0.1:4000")];
    assert_eq!(listen(&[], &variable), 4000);
    assert_eq!(listen(&["--listen", "127.0.0.1:5000"], &variable), 5000);
    assert_eq!(listen(&[], &[("AFTERSALE_LISTEN", "")]), 3000);
}

#[test]
fn a_secret_is_read_from_a_file_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    std::fs::write(&path, format!("{KEY}\n")).unwrap();
    let variables = [
        ("AFTERSALE_SECRET_KEY_FILE", path.to_str().unwrap()),
        ("AFTERSALE_SMTP_URL", "smtps://u:geheim@mail.example.com"),
    ];
    let config = read(&variables).unwrap();
    assert_eq!(config.secret_key.as_ref().unwrap().expose(), KEY);
    let shown = format!("{config:?}");
    assert!(!shown.contains(KEY) && !shown.contains("geheim"), "{shown}");
}

#[test]
fn a_wrong_setting_is_named_in_one_line() {
    let table = [
        ("LISTEN", "3000"),
        ("LISTEN", "localhost:3000"),
        ("LISTEN", "127.0.0.1:99999"),
        ("BASE_URL", "portal.example.com"),
        ("BASE_URL", "ftp://portal.example.com"),
        ("BASE_URL", "https://portal.example.com/shop"),
        ("BASE_URL", "https://u@portal.example.com"),
        ("BASE_URL", "https://portal.example.com/?x=1"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "sqlite:"),
        ("DATABASE_URL", "data.db"),
        ("SECRET_KEY", "short"),
        ("SMTP_URL", "mail.example.com"),
        ("SMTP_URL", "http://mail.example.com"),
        ("MAIL_FROM", "portal"),
        ("MAIL_FROM", "a@b"),
        ("ENV", "prod"),
        ("ALLOW_SANDBOX", "true"),
        ("LOG_FORMAT", "xml"),
        ("LOG", "info,portal=loud"),
        ("PRIVATE_TARGETS", "10.0.0.0/33"),
        ("TRUSTED_PROXIES", "proxy"),
        ("PURCHASES_LINK_MINUTES", "9"),
        ("PURCHASES_LINK_MINUTES", "361"),
        ("ORDER_LINK_MINUTES", "6h"),
    ];
    for (name, value) in table {
        let name = format!("AFTERSALE_{name}");
        let error = read(&[(&name, value)]).unwrap_err();
        assert_eq!(error.name, name, "{value}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
    let twice = read(&[("AFTERSALE_ENV", "development"), ("AFTERSALE_ENV_FILE", "/nowhere")]).unwrap_err();
    assert_eq!(twice.name, "AFTERSALE_ENV");
    assert_eq!(read(&[("AFTERSALE_ENV_FILE", "/nowhere/at/all")]).unwrap_err().name, "AFTERSALE_ENV_FILE");
}

#[test]
fn production_refuses_what_is_for_trying() {
    let good = [
        ("AFTERSALE_ENV", "production"),
        ("AFTERSALE_SECRET_KEY", KEY),
        ("AFTERSALE_BASE_URL", "https://portal.example.com"),
        ("AFTERSALE_SMTP_URL", "smtps://u:p@mail.example.com"),
        ("AFTERSALE_MAIL_FROM", "Portal <portal@shop.com>"),
    ];
    assert!(read(&good).is_ok());
    for missing in 1..good.len() {
        let rest: Vec<_> = good.iter().enumerate().filter(|(at, _)| *at != missing).map(|(_, pair)| *pair).collect();
        assert_eq!(read(&rest).unwrap_err().name, good[missing].0);
    }
}

#[test]
fn without_an_address_for_people_development_is_reached_where_it_listens() {
    let base = |variables: &[(&str, &str)]| {
        let variables = [variables, &[("AFTERSALE_OPEN_DEVELOPMENT", "yes")]].concat();
        read(&variables).unwrap().base_url.as_str().to_owned()
    };
    assert_eq!(base(&[("AFTERSALE_LISTEN", "127.0.0.1:4000")]), "http://127.0.0.1:4000");
    let open = [("AFTERSALE_LISTEN", "0.0.0.0:4000"), ("AFTERSALE_OPEN_DEVELOPMENT", "yes")];
    assert_eq!(base(&open), "http://127.0.0.1:4000");
    let both = [("AFTERSALE_LISTEN", "127.0.0.1:4000"), ("AFTERSALE_BASE_URL", "http://portal.test")];
    assert_eq!(base(&both), "http://portal.test");
}

#[test]
fn a_demo_keeps_only_what_it_may() {
    let given = given(
        &["--listen", "127.0.0.1:4000"],
        &[("AFTERSALE_SMTP_URL", "smtp://real.example.com"), ("AFTERSALE_LOG", "info")],
    );
    let fixed = Flags([("LOG", "warn".to_owned()), ("DATABASE_URL", "sqlite:demo.db".to_owned())].into());
    let config = Config::read(&given.keeping(&["LISTEN", "LOG"], &fixed)).unwrap();
    assert_eq!((config.listen.port(), config.log.to_string().as_str(), config.has_mailbox()), (4000, "info", true));
    assert_eq!(config.database_url.expose(), "sqlite:demo.db");
}

#[test]
fn unknown_names_are_found() {
    let given = given(
        &[],
        &[("AFTERSALE_LISTNE", "x"), ("AFTERSALE_LISTEN_FILE", "x"), ("HOME", "/"), ("AFTERSALE_LISTEN", "x")],
    );
    assert_eq!(given.unknown().collect::<Vec<_>>(), ["AFTERSALE_LISTNE"]);
}

#[test]
fn networks_may_be_single_addresses_and_are_truncated() {
    let config = read(&[("AFTERSALE_PRIVATE_TARGETS", "10.1.2.3/8, 192.168.0.7 fd00::/8")]).unwrap();
    let networks: Vec<String> = config.private_targets.iter().map(ToString::to_string).collect();
    assert_eq!(networks, ["10.0.0.0/8", "192.168.0.7/32", "fd00::/8"]);
}

#[test]
fn a_base_address_is_brought_to_the_form_that_browsers_send() {
    let url = BaseUrl::parse("HTTPS://Portal.Example.com:443/").unwrap();
    assert_eq!(
        (url.as_str(), url.authority(), url.is_https()),
        ("https://portal.example.com", "portal.example.com", true)
    );
    assert_eq!(BaseUrl::parse("http://[::1]:3000").unwrap().authority(), "[::1]:3000");
}

#[test]
fn a_development_is_open_to_others_only_when_somebody_means_it() {
    for address in ["0.0.0.0:3000", "[::]:3000", "192.168.1.5:3000"] {
        let error = read(&[("AFTERSALE_LISTEN", address)]).unwrap_err();
        assert_eq!(error.name, "AFTERSALE_LISTEN", "{address}");
        assert!(read(&[("AFTERSALE_LISTEN", address), ("AFTERSALE_OPEN_DEVELOPMENT", "yes")]).is_ok());
    }
    assert!(read(&[("AFTERSALE_LISTEN", "[::1]:3000")]).is_ok());
}

#[test]
fn commands_that_touch_the_data_only_need_the_database_only() {
    let variables = [
        ("AFTERSALE_ENV", "production"),
        ("AFTERSALE_SMTP_URL", "nonsense"),
        ("AFTERSALE_DATABASE_URL", "sqlite:x.db"),
    ];
    assert!(read(&variables).is_err());
    let config = Config::of_data(&given(&[], &variables)).unwrap();
    assert_eq!((config.environment, config.database_url.expose()), (Environment::Production, "sqlite:x.db"));
    assert!(Config::of_data(&given(&["--database-url", "nonsense"], &[])).is_err());
}
