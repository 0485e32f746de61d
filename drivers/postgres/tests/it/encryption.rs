//! Encrypted connections: every `sslmode` against a server with a right and a wrong certificate, one that wants
//! encryption and one that has none; and what is told where it fails.

use eagerly::error::Error;
use eagerly_postgres::Connection;
use eagerly_tests::database::Backend;
use eagerly_tests::servers::{Authority, Encrypted, encrypted, self_signed, server, version_1};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;
use tokio::runtime::Builder;

/// Whether a connection is encrypted, or why there is none. No message holds the password.
fn connect(server: &Encrypted, url: &str) -> Result<bool, Error> {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let connection: Connection = eagerly_postgres::connect(url).await.map_err(|errors| {
            assert!(!errors.to_string().contains(server.password()), "{errors}");
            assert!(errors.first().help.is_some(), "{errors}");
            errors.first().clone()
        })?;
        assert!(!format!("{connection:?}").contains(server.password()));
        let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        Ok(connection.client().query_one(sql, &[]).await.unwrap().get(0))
    })
}

#[track_caller]
fn refused(server: &Encrypted, url: &str, words: &[&str]) {
    let error = connect(server, url).unwrap_err();
    assert_eq!(error.code, "E0401", "{error}");
    assert!(!error.is_transient(), "it stays refused: {error:?}");
    for word in words {
        assert!(error.to_string().contains(word), "no {word:?} in: {error}");
    }
}

#[test]
fn modes_mean_what_they_do_to_libpq() {
    let Some(server) = encrypted(Backend::Postgres) else { return };
    let right = server.file("right.crt", &server.authority.certificate);
    let wrong = server.file("wrong.crt", &Authority::new("Somebody else").certificate);
    let at = |host: &str, parameters: &str| connect(&server, &server.url("eagerly", host, parameters));
    for (parameters, expected) in [
        ("", true),
        ("sslmode=disable", false),
        ("sslmode=allow", false),
        ("sslmode=prefer", true),
        ("sslmode=require", true),
        ("ssl=true", true),
        ("gssencmode=disable", true),
        // Two attempts: the encrypted one is refused here, by us.
        (&format!("sslmode=prefer&sslrootcert={wrong}"), false),
        (&format!("sslmode=require&sslrootcert={right}"), true),
        (&format!("sslmode=verify-ca&sslrootcert={right}"), true),
        (&format!("sslmode=verify-full&sslrootcert={right}"), true),
        ("sslmode=require&channel_binding=require", true),
    ] {
        assert_eq!(at("localhost", parameters).unwrap(), expected, "{parameters}");
    }
    // The certificate is for `localhost`, and not for its address.
    assert!(at("127.0.0.1", &format!("sslmode=verify-ca&sslrootcert={right}")).unwrap());
    let refused_at = |host: &str, parameters: &str, words: &[&str]| {
        refused(&server, &server.url("eagerly", host, parameters), words);
    };
    let full = format!("sslmode=verify-full&sslrootcert={right}");
    refused_at("127.0.0.1", &full, &["is for `localhost`, and not for `127.0.0.1`", "`sslmode=verify-ca`"]);
    for mode in ["require", "verify-ca", "verify-full"] {
        let parameters = format!("sslmode={mode}&sslrootcert={wrong}");
        refused_at("localhost", &parameters, &["not signed by an authority", "`sslrootcert=FILE`"]);
    }
    refused_at("localhost", "sslmode=disable&channel_binding=require", &["needs an encrypted connection"]);
    let address = format!("sslmode=verify-full&sslrootcert={right}&hostaddr=127.0.0.1");
    assert!(at("localhost", &address).unwrap(), "the name is the host's, the address another's");
    let only_address = server.url("eagerly", "", &format!("hostaddr=127.0.0.1&port={}&sslmode=require", port(&server)));
    assert!(connect(&server, &only_address.replacen(&format!(":{}/", port(&server)), "/", 1)).unwrap());
    // A socket is never encrypted.
    let socket = server.socket().display().to_string().replace('/', "%2F");
    for mode in ["prefer", "require", "verify-full"] {
        assert!(!at(&socket, &format!("sslmode={mode}")).unwrap());
    }
    // Several hosts: the first is a socket that is not there.
    let hosts = format!("%2Fno%2Fsuch:{0},localhost:{0}/postgres?", port(&server));
    let url = server.url("eagerly", "x", "sslmode=require");
    let url = url.replacen(&format!("x:{}/postgres?", port(&server)), &hosts, 1);
    assert!(connect(&server, &url).unwrap());
}

fn port(server: &Encrypted) -> String {
    let url = server.url("u", "h", "");
    url.rsplit_once(':').unwrap().1.split('/').next().unwrap().to_owned()
}

#[test]
fn certificates_of_the_server_and_what_is_wrong_with_them() {
    let Some(server) = encrypted(Backend::Postgres) else { return };
    let right = server.file("right.crt", &server.authority.certificate);
    let url =
        |mode: &str, roots: &str| server.url("eagerly", "localhost", &format!("sslmode={mode}&sslrootcert={roots}"));

    server.exchange(&server.authority.expired(&["localhost"]));
    for mode in ["require", "verify-ca", "verify-full"] {
        refused(&server, &url(mode, &right), &["has expired, on 2021-01-01", "needs a new one"]);
    }
    assert!(connect(&server, &server.url("eagerly", "localhost", "sslmode=require")).unwrap(), "nothing is checked");

    let own = self_signed(&["localhost"]);
    let roots = server.file("own.crt", &own.certificate);
    server.exchange(&own);
    assert!(connect(&server, &url("verify-full", &roots)).unwrap());
    let elsewhere = server.url("eagerly", "127.0.0.1", &format!("sslmode=verify-full&sslrootcert={roots}"));
    refused(&server, &elsewhere, &["not for `127.0.0.1`"]);
    refused(&server, &url("verify-ca", &right), &["sslrootcert"]);

    // As for libpq, the common name counts where there is no other.
    server.exchange(&server.authority.server_by_common_name("localhost"));
    assert!(connect(&server, &url("verify-full", &right)).unwrap());
    server.exchange(&server.authority.server_by_common_name("elsewhere"));
    refused(&server, &url("verify-full", &right), &["no subjectAltName", "not for `localhost`"]);
    assert!(connect(&server, &url("verify-ca", &right)).unwrap());

    if let Some(old) = version_1("localhost") {
        server.exchange(&old);
        assert!(connect(&server, &server.url("eagerly", "localhost", "sslmode=require")).unwrap());
        refused(&server, &url("verify-ca", &right), &["not of X.509 version 3"]);
    }
    // One for an address.
    server.exchange(&server.authority.server(&["127.0.0.1"]));
    let at = |host: &str| server.url("eagerly", host, &format!("sslmode=verify-full&sslrootcert={right}"));
    assert!(connect(&server, &at("127.0.0.1")).unwrap());
    refused(&server, &at("localhost"), &["is for `127.0.0.1`, and not for `localhost`"]);
    // The system's authorities have not signed it.
    server.exchange(&server.authority.server(&["localhost"]));
    for parameters in ["sslmode=verify-full", "sslrootcert=system"] {
        refused(&server, &server.url("eagerly", "localhost", parameters), &["sslrootcert=FILE"]);
    }
}

#[test]
fn a_server_that_wants_encryption_and_clients_that_have_certificates() {
    let Some(server) = encrypted(Backend::Postgres) else { return };
    let at = |user: &str, parameters: &str| server.url(user, "localhost", parameters);
    for parameters in ["", "sslmode=allow", "sslmode=prefer", "sslmode=require"] {
        assert!(connect(&server, &at("secure", parameters)).unwrap(), "{parameters}");
    }
    let words = ["no pg_hba.conf entry", "as `sslmode=disable` asks", "leave `sslmode=disable` out"];
    refused(&server, &at("secure", "sslmode=disable"), &words);
    // The password is what is wrong, also where a second attempt would be possible.
    let wrong = at("secure", "").replace(server.password(), "hunter2");
    refused(&server, &wrong, &["password authentication failed", "check user and password"]);
    for parameters in ["", "sslmode=allow", "sslmode=disable"] {
        assert!(!connect(&server, &at("plain", parameters)).unwrap(), "{parameters}");
    }
    refused(&server, &at("plain", "sslmode=require"), &["pg_hba.conf", "encrypted"]);

    let file = |name: &str, text: &str| server.file(name, text);
    let client = server.authority.client("certified");
    let (certificate, key) = (file("c.crt", &client.certificate), file("c.key", &client.key));
    let given =
        |certificate: &str, key: &str| at("certified", &format!("sslmode=require&sslcert={certificate}&sslkey={key}"));
    assert!(connect(&server, &given(&certificate, &key)).unwrap());
    refused(&server, &at("certified", ""), &["valid client certificate", "`sslcert=FILE` and `sslkey=FILE`"]);
    let other = server.authority.client("somebody");
    let other = given(&file("o.crt", &other.certificate), &file("o.key", &other.key));
    refused(&server, &other, &["certificate authentication failed", "common name"]);
    let stranger = Authority::new("Somebody else").client("certified");
    let (strange, its_key) = (file("s.crt", &stranger.certificate), file("s.key", &stranger.key));
    refused(&server, &given(&strange, &its_key), &["does not accept the client's certificate", "`sslcert=FILE`"]);
    for (certificate, key, words) in [
        ("/no/such/file", key.as_str(), "the file of `sslcert`"),
        (&certificate, "/no/such/file", "the file of `sslkey`"),
        (&certificate, &certificate, "no private key"),
        (&key, &key, "no certificate"),
        (&certificate, &its_key, "`sslcert` and `sslkey` cannot be used"),
    ] {
        let error = connect(&server, &given(certificate, key)).unwrap_err();
        assert_eq!(error.code, "E0002", "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
    let error = connect(&server, &at("secure", "sslmode=require&sslrootcert=/no/such/file")).unwrap_err();
    assert!(error.code == "E0002" && error.to_string().contains("the file of `sslrootcert`"), "{error}");
}

#[test]
fn a_server_that_has_no_encryption() {
    let Some(server) = server(Backend::Postgres) else { return };
    let url = |parameters: &str| format!("{}?{parameters}", server.url("postgres"));
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    for parameters in ["sslmode=prefer", "sslmode=allow", "sslmode=disable"] {
        runtime.block_on(eagerly_postgres::connect(&url(parameters))).unwrap();
    }
    let direct =
        runtime.block_on(eagerly_postgres::connect(&url("sslmode=require&sslnegotiation=direct"))).unwrap_err();
    assert!(direct.to_string().contains("`sslnegotiation=direct` needs"), "{direct}");
    for mode in ["require", "verify-full"] {
        let error = runtime.block_on(eagerly_postgres::connect(&url(&format!("sslmode={mode}")))).unwrap_err();
        let told = error.to_string();
        assert!(told.contains("does not offer encryption") && told.contains(&format!("`sslmode={mode}`")), "{told}");
    }
}

/// Whoever stands between us and the server can answer to the question for encryption, which is not encrypted.
#[test]
fn nobody_in_between_gets_a_login_that_was_to_be_encrypted() {
    const LET_IN: &[u8] = b"R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I";
    let authority = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(authority.path(), Authority::new("Eagerly's tests").certificate).unwrap();
    let full = format!("sslmode=verify-full&sslrootcert={}", authority.path().display());
    // No; no, and a login that was not asked for; yes, and that behind it, not encrypted; an error; something else.
    let lies =
        [b"N".to_vec(), [b"N", LET_IN].concat(), [b"S", LET_IN].concat(), b"E\0\0\0\x04".to_vec(), b"?".to_vec()];
    for (lie, parameters) in lies.iter().flat_map(|lie| ["sslmode=require", &full].map(|parameters| (lie, parameters)))
    {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let lie = lie.clone();
        let told = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut told = vec![0; 8];
            stream.read_exact(&mut told).unwrap();
            stream.write_all(&lie).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            _ = stream.read_to_end(&mut told);
            told
        });
        let url = format!("postgres://somebody:hunter2@127.0.0.1:{port}/shop?{parameters}");
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let error = runtime.block_on(eagerly_postgres::connect(&url)).unwrap_err();
        assert_eq!(error.first().code, "E0401", "{error}");
        let told = String::from_utf8_lossy(&told.join().unwrap()).into_owned();
        assert!(!told.contains("somebody") && !told.contains("hunter2"), "{told}");
    }
}
