//! Servers that encrypt, with certificates that are made here, and whose certificate a test can exchange. They are not
//! those that other tests share: they have rules of their own for who may log in, and how.

use super::could_not_run;
use super::process::{Guarded, find};
use super::start::{attempts, mariadb_programs, postgres_programs};
use crate::database::{Backend, Mysql, Postgres};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

/// A certificate and its key, as PEM.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The certificate.
    pub certificate: String,
    /// The key.
    pub key: String,
}

/// Who signs certificates.
#[derive(Debug)]
pub struct Authority {
    /// Its own certificate, as PEM.
    pub certificate: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A name and a time in which it is in force.
fn params(names: &[&str], common_name: &str, years: (i32, i32)) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.not_before = rcgen::date_time_ymd(years.0, 1, 1);
    params.not_after = rcgen::date_time_ymd(years.1, 1, 1);
    params
}

/// Years around now.
const NOW: (i32, i32) = (2020, 2099);

impl Authority {
    /// A new one.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut params = params(&[], name, NOW);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().pem();
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    /// A server's certificate for names and addresses.
    #[must_use]
    pub fn server(&self, names: &[&str]) -> Certificate {
        self.signs(params(names, names.first().unwrap_or(&"no names"), NOW), ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// A server's certificate without a subjectAltName.
    #[must_use]
    pub fn server_by_common_name(&self, name: &str) -> Certificate {
        self.signs(params(&[], name, NOW), ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// A server's certificate that has expired.
    #[must_use]
    pub fn expired(&self, names: &[&str]) -> Certificate {
        self.signs(params(names, names[0], (2020, 2021)), ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// A client's certificate.
    #[must_use]
    pub fn client(&self, name: &str) -> Certificate {
        self.signs(params(&[], name, NOW), ExtendedKeyUsagePurpose::ClientAuth)
    }

    fn signs(&self, mut params: CertificateParams, purpose: ExtendedKeyUsagePurpose) -> Certificate {
        params.extended_key_usages = vec![purpose];
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().pem();
        Certificate { certificate, key: key.serialize_pem() }
    }
}

/// A certificate that is its own authority, as `openssl req -x509` makes them.
#[must_use]
pub fn self_signed(names: &[&str]) -> Certificate {
    let mut params = params(names, names[0], NOW);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap().pem();
    Certificate { certificate, key: key.serialize_pem() }
}

/// A server that encrypts.
#[derive(Debug)]
pub struct Encrypted {
    backend: Backend,
    /// Signed the server's certificate, and those of clients that it trusts.
    pub authority: Authority,
    /// Files for clients.
    directory: tempfile::TempDir,
    port: String,
    password: String,
    guarded: Guarded,
}

/// `eagerly` may do everything; `secure` has to encrypt, `plain` (PostgreSQL) must not, `certified` needs a certificate.
const POSTGRES: &str = r#"
"$1/initdb" --pgdata=data --username=eagerly --pwfile=password --auth=scram-sha-256 --encoding=UTF8 --no-locale --no-sync \
    --no-instructions || exit 1
cp hba data/pg_hba.conf
chmod 600 server.key
exec "$1/postgres" -D data -c listen_addresses=127.0.0.1 -c "port=$2" -c "unix_socket_directories=$PWD" -c fsync=off \
    -c ssl=on -c "ssl_cert_file=$PWD/server.crt" -c "ssl_key_file=$PWD/server.key" -c "ssl_ca_file=$PWD/clients.crt"
"#;

const HBA: &str = "hostssl all certified all cert\nhostssl all secure all scram-sha-256\n\
                   hostnossl all plain all scram-sha-256\nhost all eagerly all scram-sha-256\nlocal all all trust\n";

const MARIADB: &str = r#"
"$1" --no-defaults --datadir="$PWD/data" --skip-test-db --skip-log-bin || exit 1
exec "$2" --no-defaults --datadir="$PWD/data" --socket="$PWD/socket" --pid-file="$PWD/pid" --init-file="$PWD/users.sql" \
    --tmpdir="$PWD/data" --bind-address=127.0.0.1 --port="$3" --skip-name-resolve --skip-log-bin \
    --innodb-buffer-pool-size=64M --innodb-log-file-size=16M --performance-schema=off \
    --ssl-cert="$PWD/server.crt" --ssl-key="$PWD/server.key" --ssl-ca="$PWD/clients.crt"
"#;

/// A new server that encrypts, with a certificate for `localhost`; none where its programs are missing, which is recorded.
///
/// # Panics
/// When it does not start.
#[must_use]
pub fn encrypted(backend: Backend) -> Option<Encrypted> {
    let authority = Authority::new("Eagerly's tests");
    let server = authority.server(&["localhost"]);
    let programs = match backend {
        Backend::Postgres => postgres_programs(),
        _ => mariadb_programs(),
    };
    let programs = match programs {
        Ok(programs) => programs,
        Err(why) => {
            could_not_run(backend, &why);
            return None;
        }
    };
    let started = attempts(|port, password| {
        let users = ["eagerly@'127.0.0.1'", "eagerly@'localhost'", "secure@'%'", "certified@'%'"].map(|user| {
            let requires = match user.split('@').next() {
                Some("secure") => "REQUIRE SSL",
                Some("certified") => "REQUIRE X509",
                _ => "",
            };
            format!("CREATE USER {user} IDENTIFIED BY '{password}' {requires};\nGRANT ALL ON *.* TO {user};\n")
        });
        let users = users.concat();
        let files = [
            ("password", password),
            ("hba", HBA),
            ("users.sql", users.as_str()),
            ("server.crt", server.certificate.as_str()),
            ("server.key", server.key.as_str()),
            ("clients.crt", authority.certificate.as_str()),
        ];
        let mut arguments: Vec<&OsStr> = programs.iter().map(|path| path.as_os_str()).collect();
        arguments.push(OsStr::new(port));
        let (user, script) = match backend {
            Backend::Postgres => ("postgres", POSTGRES),
            _ => ("mysql", MARIADB),
        };
        let guarded = Guarded::start(backend.name(), user, &files, script, &arguments).map_err(|e| e.to_string())?;
        guarded.wait(|| match backend {
            Backend::Postgres => {
                let roles = ["secure", "plain", "certified"];
                let roles = roles.map(|role| format!("CREATE ROLE {role} LOGIN PASSWORD '{password}';")).concat();
                Postgres::connect(&format!("postgres://eagerly:{password}@127.0.0.1:{port}/postgres"))?.execute(&roles)
            }
            _ => Mysql::connect(&format!("mysql://eagerly:{password}@127.0.0.1:{port}/mysql")).map(drop),
        })?;
        Ok((guarded, format!("{port} {password}")))
    });
    let (guarded, place) = started.unwrap_or_else(|why| panic!("{}: {why}", backend.name()));
    let (port, password) = place.split_once(' ').unwrap();
    let (port, password) = (port.to_owned(), password.to_owned());
    Some(Encrypted { backend, authority, directory: tempfile::tempdir().unwrap(), port, password, guarded })
}

impl Encrypted {
    /// The URL of a user at a host, with parameters behind it.
    #[must_use]
    pub fn url(&self, user: &str, host: &str, parameters: &str) -> String {
        let Self { port, password, .. } = self;
        let (scheme, database) = match self.backend {
            Backend::Postgres => ("postgres", "postgres"),
            _ => ("mysql", "mysql"),
        };
        format!("{scheme}://{user}:{password}@{host}:{port}/{database}?{parameters}")
    }

    /// The directory of the server's socket, or the socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        match self.backend {
            Backend::Postgres => self.guarded.directory.clone(),
            _ => self.guarded.directory.join("socket"),
        }
    }

    /// The password of all users.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.password
    }

    /// A file for clients, by its path in a URL.
    #[must_use]
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// Runs a statement as `eagerly`, without encryption.
    pub fn execute(&self, sql: &str) {
        let url = self.url("eagerly", "127.0.0.1", "").trim_end_matches('?').to_owned();
        match self.backend {
            Backend::Postgres => Postgres::connect(&url).unwrap().execute(sql).unwrap(),
            _ => Mysql::connect(&url).unwrap().execute(sql).unwrap(),
        }
    }

    /// Gives the server another certificate, for new connections.
    pub fn exchange(&self, certificate: &Certificate) {
        let write = |name: &str, text: &str| std::fs::write(self.guarded.directory.join(name), text).unwrap();
        write("server.crt", &certificate.certificate);
        write("server.key", &certificate.key);
        match self.backend {
            Backend::Postgres => {
                self.execute("SELECT pg_reload_conf()");
                // The signal arrives when it does.
                std::thread::sleep(std::time::Duration::from_millis(300));
            }
            _ => self.execute("FLUSH SSL"),
        }
    }
}

/// A certificate without extensions, of X.509 version 1, if there is an `openssl` to make one.
#[must_use]
pub fn version_1(name: &str) -> Option<Certificate> {
    let openssl = find(&["openssl"], &[])?;
    let directory = tempfile::tempdir().ok()?;
    let run = |arguments: &[&str]| {
        let output = Command::new(&openssl).args(arguments).current_dir(directory.path()).output().ok()?;
        output.status.success().then_some(())
    };
    let subject = format!("/CN={name}");
    run(&["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-out", "csr", "-subj", &subject])?;
    run(&["x509", "-req", "-in", "csr", "-signkey", "key", "-days", "30", "-out", "crt"])?;
    let read = |name: &str| std::fs::read_to_string(directory.path().join(name)).ok();
    Some(Certificate { certificate: read("crt")?, key: read("key")? })
}
