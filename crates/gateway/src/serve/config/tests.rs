#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use super::*;

fn parse(text: &str) -> Result<Config, Mistake> {
    Config::parse(text, Path::new("."))
}

#[test]
fn the_sample_is_accepted_and_says_what_holds_where_nothing_is_said() {
    let config = parse(SAMPLE).unwrap();
    assert_eq!(config.targets.len(), 6);
    assert!(config.listen.unwrap().ip().is_loopback());
    let (given, known) = (config.limits, Limits::default());
    assert_eq!(format!("{given:?}"), format!("{known:?}"));
    assert_eq!(config.targets[2].verbs, Verbs { read: true, write: false });
}

/// What stands behind a # in the sample is an example that would be accepted, too.
#[test]
fn the_examples_in_the_sample_are_accepted() {
    let is_key = |line: &str| {
        let rest = line.strip_prefix("# ").unwrap_or_default();
        let word: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        rest.starts_with('[') || (!word.is_empty() && rest[word.len()..].starts_with(" = "))
    };
    let lines = SAMPLE.lines().map(|line| if is_key(line) { &line[2..] } else { line });
    // Top keys go before tables, and the token of a file needs the file.
    let text = lines.collect::<Vec<_>>().join("\n").replace("file = \"/run", "env = \"PATH\" # ");
    let config = parse(&text).unwrap();
    assert_eq!((config.tokens.len(), config.hosts.len(), config.origins.len()), (2, 1, 1));
    assert!(config.behind_proxy && config.metrics_open && config.tls.is_some() && config.audit.is_some());
    assert_eq!(config.tokens[0].expires.unwrap().to_string(), "2027-02-01T00:00:00Z");
}

#[test]
fn every_mistake_has_its_line_and_says_what_would_do() {
    let target = "[[target]]\nname = \"a\"\nkind = \"tcp\"\naddress = \"10.0.0.1:1\"\n";
    let ftp = target.replace("tcp", "ftp");
    let token = "[[token]]\nname = \"t\"\ntargets = [\"a\"]\n";
    let digest = format!("sha256 = \"{}\"\n", "0".repeat(64));
    for (text, line, words) in [
        ("lisen = \"127.0.0.1:1\"".to_owned(), 1, "there is no key `lisen` here; did you mean `listen`?"),
        ("\nlisten = \"8080\"".to_owned(), 2, "\"127.0.0.1:8080\""),
        ("listen = 8080".to_owned(), 1, "a text in quotes, as \"text\" is expected here, and not the number 8080"),
        (
            format!("{target}verbs = \"read\""),
            5,
            "a list in brackets, as [\"one\", \"two\"] is expected here, and not the text \"read\"",
        ),
        (format!("{target}verbs = []"), 5, "known: read, write"),
        (
            "[limits]\ntunnels = \"9\"".to_owned(),
            2,
            "a whole number, without quotes is expected here, and not the text \"9\"",
        ),
        (format!("\n{}\n{target}", target.replace("[[target]]", "[target]")), 2, "write [[target]], with two brackets"),
        ("listen = ".to_owned(), 1, ""),
        ("hosts = [\"https://x.example\"]".to_owned(), 1, "without scheme and port"),
        ("hosts = [\"x.example\"]\n".to_owned() + target, 1, "needs a [[token]]"),
        ("behind_proxy = true\n".to_owned() + target, 1, "needs a [[token]]"),
        ("origins = [\n\"https://a.example\",\n\"*\"]".to_owned(), 3, "an origin is a scheme"),
        ("origins = [\"https://a.example/\"]".to_owned(), 1, "without a path"),
        ("[tls]\ncertificate = \"x\"".to_owned(), 1, "the key `key` is missing"),
        ("[limits]\ntunnels = 0".to_owned(), 2, "`tunnels` must be a whole number from 1 to 1000000, not 0"),
        ("[limits]\nidle = 5".to_owned(), 2, "did you mean `idle_s`?"),
        (target.replace("tcp", "sftp"), 3, "there is no word `sftp` here"),
        (target.replace("tcp", "tpc"), 3, "did you mean `tcp`?"),
        (target.replace("\"a\"", "\"a b\""), 2, "1 to 64 letters"),
        (target.replace(":1", ""), 4, "and a port"),
        (target.replace("10.0.0.1:1", "10.0.0.1:0"), 4, "and a port"),
        (target.replace("address = \"10.0.0.1:1\"", ""), 1, "needs `address`"),
        (format!("{target}baud = 9600\n"), 5, "`baud` is of serial ports"),
        (format!("{target}verbs = [\"read\", \"wite\"]"), 5, "did you mean `write`?"),
        (format!("{target}\n{target}"), 7, "there are two of the name \"a\""),
        (target.replace("tcp", "serial"), 4, "`address` is of network targets"),
        ("[[target]]\nname = \"a\"\nkind = \"serial\"".to_owned(), 1, "needs `port`"),
        (
            format!("{target}user = \"a\""),
            5,
            "`user` is of FTP servers and brokers; kind = \"tcp\" and \"telnet\" have",
        ),
        (format!("{ftp}baud = 9600"), 5, "`baud` is of serial ports; kind = \"ftp\" has"),
        (format!("{ftp}password = \"a\"\npassword_env = \"PATH\""), 6, "one of `password`, `password_file`"),
        (format!("{ftp}password_file = \"no-such-file\""), 5, "no-such-file"),
        (format!("{ftp}tls = \"no-such-file.pem\""), 5, "no-such-file.pem"),
        (format!("{target}{token}"), 5, "one of `sha256`, `file` and `env`"),
        (format!("{target}{token}sha256 = \"12\""), 8, "64 hexadecimal digits"),
        (format!("{target}{token}env = \"FERRULE_NO_SUCH_NAME\""), 8, "the environment has no FERRULE_NO_SUCH_NAME"),
        (format!("{target}{token}file = \"no-such-file\""), 8, "no-such-file"),
        (format!("{target}{token}{digest}expires = 12:00:00"), 9, "2027-01-31"),
        (format!("{target}{}{digest}", token.replace("[\"a\"]", "[\"b\"]")), 7, "there is no target \"b\""),
        (format!("{target}{}{digest}", token.replace("targets = [\"a\"]\n", "")), 5, "the key `targets` is missing"),
        (format!("{target}{token}{digest}{token}{digest}"), 10, "there are two of the name \"t\""),
    ] {
        let mistake = parse(&text).unwrap_err();
        assert_eq!(mistake.line, line, "{mistake}\n{text}");
        assert!(mistake.what.contains(words), "{mistake}\n{text}");
    }
}

/// S9: what some resolvers read as an address in another form is no name.
#[test]
fn s9_numbers_that_are_no_plain_address_are_refused_in_the_file() {
    let read = |address: &str| parse(&format!("target = [{{ name = 'a', kind = 'tcp', address = '{address}' }}]"));
    for address in [
        "2130706433:80",
        "0x7f000001:80",
        "0177.0.0.1:80",
        "127.1:80",
        "0x7f.0.0.1:80",
        "127.0.0.0x1:80",
        "1.2.3.4.:80",
        "[127.0.0.1]:80",
        "::1:80",
        "user@plc.example:80",
        "plc.example/x:80",
        "plc example:80",
        ":80",
        "http://plc.example:80",
    ] {
        assert!(read(address).is_err(), "{address}");
    }
    for address in ["10.0.0.1:80", "[fd00::7]:80", "plc.example:80", "plc.example.:80", "plc-7:502", "1a.example:80"] {
        assert!(read(address).is_ok(), "{address}");
    }
}

/// S9: what would be refused each time it is opened is a mistake in the file.
#[test]
fn s9_an_address_that_is_never_reached_is_refused_in_the_file() {
    let read = |address: &str, local: bool| {
        parse(&format!("target = [{{ name = 'a', kind = 'tcp', address = '{address}', local = {local} }}]"))
    };
    for address in ["127.0.0.1:80", "[::1]:80", "169.254.1.1:80", "100.64.0.1:80", "[fe80::1]:80"] {
        let mistake = read(address, false).unwrap_err();
        assert!(mistake.line == 1 && mistake.what.contains("`local = true`"), "{mistake}");
        assert!(read(address, true).is_ok(), "{address}");
    }
    for address in ["169.254.169.254:80", "0.0.0.0:80", "255.255.255.255:80", "[::ffff:10.0.0.7]:80", "[ff02::1]:80"] {
        let mistake = read(address, true).unwrap_err();
        assert!(mistake.what.contains("never reached"), "{mistake}");
    }
}

/// Nothing is suggested where nothing is near, and nothing is listed where there is nothing.
#[test]
fn what_is_not_known_is_answered_with_what_is() {
    let target = "[[target]]\nname = \"a\"\nkind = \"udp\"\naddress = \"10.0.0.1:1\"\n";
    let mistake = parse(target).unwrap_err();
    assert!(mistake.what.contains("known: ") && !mistake.what.contains("did you mean"), "{mistake}");
    let token = format!("[[token]]\nname = \"t\"\ntargets = [\"b\"]\nsha256 = \"{}\"\n", "0".repeat(64));
    let mistake = parse(&token).unwrap_err();
    assert_eq!(mistake.to_string(), "line 3: there is no target \"b\"; there are none");
}

/// S12: what ends a line would begin a command of its own. S41: and no log has the password.
#[test]
fn s12_users_and_passwords_are_one_line_and_are_written_nowhere() {
    let read = |user: &str, password: &str| {
        let text = format!(
            "target = [{{ name = 'a', kind = 'ftp', address = '10.0.0.1:21', user = \"{user}\", password = \"{password}\" }}]"
        );
        parse(&text)
    };
    let config = read("reader", "hunter2").unwrap();
    let Place::Ftp(ftp) = &config.targets[0].place else { unreachable!() };
    assert_eq!((ftp.user.as_str(), ftp.password.0.as_str()), ("reader", "hunter2"));
    assert!(!format!("{config:?}").contains("hunter2"));
    for wrong in ["", "a\\r\\nDELE b", "a\\nb", "a\\u0000"] {
        assert!(read(wrong, "x").is_err() && read("x", wrong).is_err(), "{wrong}");
    }
}

#[test]
fn s16_a_token_that_can_be_guessed_is_refused() {
    let folder = std::env::temp_dir().join(format!("ferrule-token-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let text = "[[token]]\nname = 't'\ntargets = []\nfile = 'secret'\n";
    std::fs::write(folder.join("secret"), "hunter2\n").unwrap();
    let mistake = Config::parse(text, &folder).unwrap_err();
    assert!(mistake.to_string().starts_with("line 4: a token of less than 20 characters"), "{mistake}");
    std::fs::write(folder.join("secret"), "correct horse battery staple\n").unwrap();
    let token = &Config::parse(text, &folder).unwrap().tokens[0];
    assert_eq!(token.hash[..4], [0xc4, 0xbb, 0xcb, 0x1f]);
    std::fs::remove_dir_all(folder).unwrap();
}
