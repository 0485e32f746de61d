//! Encrypted connections: every `ssl-mode` against a server with a right and a wrong certificate, one that wants
//! encryption and one that has none; and what is told where it fails.

use eagerly::error::Error;
use eagerly_tests::database::Backend;
use eagerly_tests::servers::{Authority, Encrypted, encrypted, self_signed, server};
use mysql_async::prelude::Queryable;
use tokio::runtime::Builder;

/// Whether a connection is encrypted, or why there is none.
fn connect(url: &str) -> Result<bool, Error> {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = eagerly_mysql::connect(url).await.map_err(|errors| {
            assert!(errors.first().help.is_some(), "{errors}");
            errors.first().clone()
        })?;
        let cipher: Option<(String, String)> =
            connection.conn().unwrap().query_first("SHOW STATUS LIKE 'Ssl_cipher'").await.unwrap();
        Ok(!cipher.unwrap().1.is_empty())
    })
}

#[track_caller]
fn refused(server: &Encrypted, url: &str, words: &[&str]) {
    let error = connect(url).unwrap_err();
    assert_eq!(error.code, "E0401", "{error}");
    assert!(!error.is_transient(), "it stays refused: {error:?}");
    assert!(!error.to_string().contains(server.password()), "{error}");
    for word in words {
        assert!(error.to_string().contains(word), "no {word:?} in: {error}");
    }
}

#[test]
fn modes_mean_what_they_do_to_mysqls_own_clients() {
    let Some(server) = encrypted(Backend::Mariadb) else { return };
    let right = server.file("right.crt", &server.authority.certificate);
    let wrong = server.file("wrong.crt", &Authority::new("Somebody else").certificate);
    let at = |host: &str, parameters: &str| connect(&server.url("eagerly", host, parameters));
    for (parameters, expected) in [
        ("", true),
        ("ssl-mode=DISABLED", false),
        ("sslmode=disable", false),
        ("ssl-mode=PREFERRED", true),
        ("ssl_mode=required", true),
        // Nothing is checked, as MySQL's clients do.
        (&format!("ssl-mode=REQUIRED&ssl-ca={wrong}"), true),
        (&format!("ssl-ca={right}"), true),
        (&format!("ssl-mode=VERIFY_CA&ssl-ca={right}"), true),
        (&format!("ssl-mode=VERIFY_IDENTITY&ssl-ca={right}"), true),
        (&format!("sslmode=verify-full&sslrootcert={right}"), true),
        ("require_ssl=true&verify_ca=false", true),
        ("require_ssl=false", false),
    ] {
        assert_eq!(at("localhost", parameters).unwrap(), expected, "{parameters}");
    }
    // The certificate is for `localhost`, and not for its address.
    assert!(at("127.0.0.1", &format!("ssl-mode=VERIFY_CA&ssl-ca={right}")).unwrap());
    let refused_at = |host: &str, parameters: &str, words: &[&str]| {
        refused(&server, &server.url("eagerly", host, parameters), words);
    };
    let full = format!("ssl-mode=VERIFY_IDENTITY&ssl-ca={right}");
    refused_at("127.0.0.1", &full, &["is for `localhost`, and not for `127.0.0.1`", "`ssl-mode=VERIFY_CA`"]);
    for (host, mode) in [("localhost", "VERIFY_CA"), ("127.0.0.1", "VERIFY_CA"), ("localhost", "VERIFY_IDENTITY")] {
        let parameters = format!("ssl-mode={mode}&ssl-ca={wrong}");
        refused_at(host, &parameters, &["not signed by an authority", "`ssl-ca=FILE`"]);
    }
    for parameters in ["ssl-mode=VERIFY_IDENTITY", "require_ssl=true"] {
        refused_at("localhost", parameters, &["not signed by an authority"]);
    }
    // A socket is never encrypted.
    let socket = server.socket().display().to_string().replace('/', "%2F");
    assert!(!at("localhost", &format!("socket={socket}")).unwrap());
    let error = at("localhost", &format!("ssl-mode=REQUIRED&socket={socket}")).unwrap_err();
    assert_eq!(error.code, "E0302", "{error}");
}

#[test]
fn certificates_of_the_server_and_what_is_wrong_with_them() {
    let Some(server) = encrypted(Backend::Mariadb) else { return };
    let right = server.file("right.crt", &server.authority.certificate);
    let url = |mode: &str| server.url("eagerly", "localhost", &format!("ssl-mode={mode}&ssl-ca={right}"));
    server.exchange(&server.authority.expired(&["localhost"]));
    for mode in ["VERIFY_CA", "VERIFY_IDENTITY"] {
        refused(&server, &url(mode), &["has expired, on 2021-01-01", "needs a new one"]);
    }
    assert!(connect(&url("REQUIRED")).unwrap());
    server.exchange(&server.authority.server_by_common_name("localhost"));
    assert!(connect(&url("VERIFY_CA")).unwrap(), "no name at all");
    refused(&server, &url("VERIFY_IDENTITY"), &["no subjectAltName"]);
    // One for an address.
    server.exchange(&server.authority.server(&["127.0.0.1"]));
    let at = |host: &str| server.url("eagerly", host, &format!("ssl-mode=VERIFY_IDENTITY&ssl-ca={right}"));
    assert!(connect(&at("127.0.0.1")).unwrap());
    refused(&server, &at("localhost"), &["is for `127.0.0.1`, and not for `localhost`"]);
    server.exchange(&self_signed(&["localhost"]));
    refused(&server, &url("VERIFY_CA"), &["that of an authority", "CA:FALSE"]);
    assert!(connect(&url("PREFERRED")).unwrap());
}

#[test]
fn a_server_that_wants_encryption_and_clients_that_have_certificates() {
    let Some(server) = encrypted(Backend::Mariadb) else { return };
    let at = |user: &str, parameters: &str| server.url(user, "localhost", parameters);
    for parameters in ["", "ssl-mode=REQUIRED"] {
        assert!(connect(&at("secure", parameters)).unwrap(), "{parameters}");
    }
    let words = ["Access denied", "leave `ssl-mode=DISABLED` out", "(`REQUIRE SSL`)"];
    refused(&server, &at("secure", "ssl-mode=DISABLED"), &words);
    let client = server.authority.client("certified");
    let (certificate, key) = (server.file("c.crt", &client.certificate), server.file("c.key", &client.key));
    let given = format!("ssl-cert={certificate}&ssl-key={key}");
    assert!(connect(&at("certified", &given)).unwrap());
    refused(&server, &at("certified", ""), &["Access denied", "`ssl-cert` and `ssl-key`"]);
    let stranger = Authority::new("Somebody else").client("certified");
    let (strange, its_key) = (server.file("s.crt", &stranger.certificate), server.file("s.key", &stranger.key));
    let strange = format!("ssl-mode=REQUIRED&ssl-cert={strange}&ssl-key={its_key}");
    refused(&server, &at("certified", &strange), &["does not accept the client's certificate", "`ssl-cert=FILE`"]);
    for (certificate, key, words) in [
        ("/no/such/file", key.as_str(), "the file of `ssl-cert`"),
        (&certificate, &certificate, "no private key"),
        (&certificate, &its_key, "`ssl-cert` and `ssl-key` cannot be used"),
    ] {
        let error = connect(&at("certified", &format!("ssl-cert={certificate}&ssl-key={key}"))).unwrap_err();
        assert!(error.code == "E0002" && error.to_string().contains(words), "{error}");
    }

    let wrong = at("eagerly", "").replace(server.password(), "hunter2");
    refused(&server, &wrong, &["Access denied", "check the user, the password"]);
    // Last: the statements of the test itself are not encrypted, but this one's end is.
    server.execute("SET GLOBAL require_secure_transport = ON");
    refused(&server, &at("eagerly", "ssl-mode=DISABLED"), &["leave `ssl-mode=DISABLED` out", "a server that wants it"]);
    assert!(connect(&at("eagerly", "")).unwrap());
}

#[test]
fn a_server_that_has_no_encryption() {
    let Some(server) = server(Backend::Mariadb) else { return };
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let tls: Option<(String, String)> = runtime.block_on(async {
        let mut connection = eagerly_mysql::connect(&server.url("mysql")).await.unwrap();
        connection.conn().unwrap().query_first("SHOW VARIABLES LIKE 'have_ssl'").await.unwrap()
    });
    // A server of a URL can have it.
    if tls.is_none_or(|(_, value)| value == "YES") {
        return;
    }
    let url = |parameters: &str| format!("{}?{parameters}", server.url("mysql"));
    for mode in ["PREFERRED", "DISABLED"] {
        assert!(!connect(&url(&format!("ssl-mode={mode}"))).unwrap());
    }
    let told = connect(&url("ssl-mode=REQUIRED")).unwrap_err().to_string();
    assert!(told.contains("does not offer encryption") && told.contains("`ssl-mode=REQUIRED`"), "{told}");
}

/// MySQL's own certificates have a name that is no host's, and its logins need encryption or the server's key.
#[test]
fn logins_of_mysql_with_and_without_encryption() {
    let Some(server) = server(Backend::Mysql) else { return };
    let admin = server.url("mysql");
    let place = admin.rsplit_once('@').unwrap().1.split('/').next().unwrap();
    let make = "CREATE USER IF NOT EXISTS eagerly_test_sha2 IDENTIFIED WITH caching_sha2_password BY 'secret'";
    server.execute(&admin, make).unwrap();
    server.execute(&admin, "GRANT SELECT ON *.* TO eagerly_test_sha2").unwrap();
    for (parameters, expected) in [("ssl-mode=DISABLED", false), ("", true), ("ssl-mode=REQUIRED", true)] {
        // The server forgets whom it has seen, so that the login takes the long way.
        server.execute(&admin, "ALTER USER eagerly_test_sha2 IDENTIFIED BY 'secret'").unwrap();
        let url = format!("mysql://eagerly_test_sha2:secret@{place}/mysql?{parameters}");
        assert_eq!(connect(&url).unwrap(), expected, "{parameters}");
    }
    server.execute(&admin, "DROP USER eagerly_test_sha2").unwrap();
}
