//! The command line, as the README has one type it.

#[tokio::test]
async fn in_production_producers_and_keys_need_the_database_only() {
    let folder = tempfile::tempdir().unwrap();
    let run = async |arguments: &[&str], input: &'static str| {
        use tokio::io::AsyncWriteExt;
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_aftersale"));
        command.args(arguments).env_clear().current_dir(folder.path()).kill_on_drop(true);
        command.env("AFTERSALE_ENV", "production");
        command
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).await.unwrap();
        child.wait_with_output().await.unwrap()
    };
    let producer = ["create-producer", "--slug", "luz", "--name", "Escola Luz", "--email", "contato@luz.example"];
    let all: [(&[&str], &str); 6] = [
        (&["migrate"], ""),
        (&producer, "correct horse battery\n"),
        (&["create-api-key", "--producer", "luz"], ""),
        (&["create-staff", "--email", "s@example.com", "--name", "S", "--role", "agent"], "correct horse battery\n"),
        (&["backup", "copy.db"], ""),
        (&["verify"], ""),
    ];
    for (arguments, input) in all {
        let output = run(arguments, input).await;
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(folder.path().join("data/aftersale.db").exists() && folder.path().join("copy.db").exists());
    for file in ["data/aftersale.db", "copy.db"] {
        let mode = std::os::unix::fs::PermissionsExt::mode(&folder.path().join(file).metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{file} is read by its owner only");
    }
    assert!(!folder.path().join("data/aftersale.key").exists(), "a key that nobody chose is made in development only");
    let refused = run(&["serve"], "").await;
    assert!(String::from_utf8_lossy(&refused.stderr).contains("AFTERSALE_SECRET_KEY"), "{refused:?}");
}

#[tokio::test]
async fn a_variable_that_is_no_setting_is_named_whatever_is_logged() {
    for log in ["info", "error", "portal=debug"] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_aftersale"));
        command.arg("migrate").env_clear().current_dir(folder.path());
        command.env("AFTERSALE_LOG", log).env("AFTERSALE_LISTN", "x").env("AFTERSALE_SECRET_KEY_FILE", "/none");
        let output = command.output().await.unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(output.status.success() && said.contains("AFTERSALE_LISTN is no setting"), "{log}: {said}");
        assert!(!said.contains("AFTERSALE_SECRET_KEY_FILE"), "{log}: {said}");
    }
}
