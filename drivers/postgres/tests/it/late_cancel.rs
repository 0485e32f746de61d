//! A cancel that is late. PostgreSQL cancels whatever a connection is doing when the cancel arrives, which must not be the
//! next statement of the host.

use crate::plain::plan;
use crate::server::{Database, database};
use crate::wire::socket;
use eagerly::error::code;
use eagerly_postgres::tokio_postgres::config::Host;
use eagerly_postgres::tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use eagerly_postgres::tokio_postgres::{Config, NoTls, Socket};
use eagerly_postgres::{Connection, connect, load, snapshot};
use std::future::{Ready, ready};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// `purchase` takes a moment, `note` is refused once its column is gone.
const SHOP: &str = "CREATE TABLE customer (id int PRIMARY KEY, name text);
    CREATE TABLE bought (id int PRIMARY KEY, customer_id int REFERENCES customer);
    CREATE TABLE purchase (id int PRIMARY KEY, customer_id int REFERENCES customer);
    CREATE TABLE note (id int PRIMARY KEY, customer_id int REFERENCES customer);
    INSERT INTO customer VALUES (1, 'Ada'); INSERT INTO bought VALUES (1, 1)";

/// The catalog has been read by then.
const CHANGE: &str = "ALTER TABLE note RENAME COLUMN customer_id TO gone; DROP TABLE purchase;
    CREATE VIEW purchase AS SELECT id, customer_id, pg_sleep(0.1)::text AS nap FROM bought OFFSET 0";

/// How late cancels are: later than what they were sent for is done.
const LATE: Duration = Duration::from_millis(400);

/// What a server answers to who asks for encryption and gets it.
const ENCRYPTED: u8 = b'S';

/// Encryption that changes no byte.
#[derive(Clone)]
struct Clear;

impl MakeTlsConnect<Socket> for Clear {
    type Stream = InTheClear;
    type TlsConnect = Self;
    type Error = io::Error;

    fn make_tls_connect(&mut self, _: &str) -> io::Result<Self> {
        Ok(Self)
    }
}

impl TlsConnect<Socket> for Clear {
    type Stream = InTheClear;
    type Error = io::Error;
    type Future = Ready<io::Result<InTheClear>>;

    fn connect(self, stream: Socket) -> Self::Future {
        ready(Ok(InTheClear(stream)))
    }
}

struct InTheClear(Socket);

impl AsyncRead for InTheClear {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for InTheClear {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

impl TlsStream for InTheClear {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

/// Passes a connection on to the server. Cancels are taken, and passed on late.
async fn pass(mut client: TcpStream, config: Config) {
    let mut first = [0; 8];
    client.read_exact(&mut first).await.unwrap();
    let is = |first: &[u8; 8], code: u32| first[4..] == code.to_be_bytes();
    if is(&first, 80_877_103) {
        client.write_all(&[ENCRYPTED]).await.unwrap();
        client.read_exact(&mut first).await.unwrap();
    }
    if is(&first, 80_877_102) {
        tokio::time::sleep(LATE).await;
    }
    let mut server = socket(&config).await;
    server.write_all(&first).await.unwrap();
    _ = copy_bidirectional(&mut client, &mut server).await;
}

/// How a connection is made.
#[derive(Clone, Copy, Debug)]
enum Made {
    /// By us.
    Connected,
    /// By a host, who encrypts.
    LentEncrypted,
    /// By a host, who says where the server is.
    LentPlain,
}

/// A connection whose cancels are late.
async fn connection(database: &Database, made: Made) -> Connection {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let config: Config = database.url.parse().unwrap();
    let mut through = Config::new();
    through.host("127.0.0.1").port(port);
    through.user(config.get_user().unwrap()).dbname(config.get_dbname().unwrap());
    if let Some(password) = config.get_password() {
        through.password(password);
    }
    let (user, name) = (config.get_user().unwrap().to_owned(), config.get_dbname().unwrap().to_owned());
    let password = config.get_password().map(|word| format!(":{}", String::from_utf8_lossy(word))).unwrap_or_default();
    tokio::spawn(async move {
        loop {
            let (client, _) = listener.accept().await.unwrap();
            tokio::spawn(pass(client, config.clone()));
        }
    });
    if let Made::Connected = made {
        let url = format!("postgres://{user}{password}@127.0.0.1:{port}/{name}?sslmode=disable");
        return connect(&url).await.unwrap();
    }
    let (client, driven) = through.connect(NoTls).await.unwrap();
    tokio::spawn(driven);
    let connection = Connection::new(client);
    match made {
        Made::LentPlain => connection.cancel_at(Host::Tcp("127.0.0.1".to_owned()), port),
        _ => connection.cancel_by(Clear),
    }
}

#[test]
fn a_cancel_that_is_late_does_not_reach_the_next_statement() {
    let Some(database) = database(SHOP) else { return };
    database.runtime.block_on(async {
        let graph = eagerly_postgres::reflect(database.connection.client()).await.unwrap();
        let spec = "{ customer { name note @selectin { id } purchase @selectin { id } } }";
        let (fails, naps) = (plan(graph.clone(), spec), plan(graph, "{ purchase { id } }"));
        database.connection.client().batch_execute(CHANGE).await.unwrap();
        let all = [Made::Connected, Made::LentEncrypted, Made::LentPlain];
        let ways = ["failure", "limit", "settled", "snapshot begun", "snapshot ended"];
        for (made, way) in all.into_iter().flat_map(|made| ways.map(|way| (made, way))) {
            let connection = connection(&database, made).await;
            let soon = Duration::from_millis(50);
            let _begun;
            match way {
                "failure" => {
                    let errors = load(&connection, &fails).await.unwrap_err();
                    assert_eq!(errors.first().code, code::REFUSED, "{errors}");
                }
                "limit" => {
                    connection.set_timeout(Some(soon));
                    assert_eq!(load(&connection, &naps).await.unwrap_err().first().code, code::TIMEOUT);
                }
                "settled" => {
                    assert!(tokio::time::timeout(soon, load(&connection, &naps)).await.is_err());
                    connection.settle().await;
                }
                "snapshot begun" => {
                    assert!(tokio::time::timeout(soon, load(&connection, &naps)).await.is_err());
                    _begun = snapshot(&connection).await.unwrap();
                }
                _ => {
                    let begun = snapshot(&connection).await.unwrap();
                    assert!(tokio::time::timeout(soon, load(&connection, &naps)).await.is_err());
                    begun.end().await.unwrap();
                }
            }
            let mine = connection.client().query_one("SELECT 'mine', pg_sleep(1)::text", &[]).await;
            assert_eq!(mine.unwrap_or_else(|e| panic!("{made:?}, {way}: {e:?}")).get::<_, String>(0), "mine");
        }
    });
}

/// `EAGERLY_CASES` times on each connection, or 100.
#[test]
fn no_statement_meets_the_cancel_of_a_failure_before_it() {
    let Some(database) = database(SHOP) else { return };
    let turns = std::env::var("EAGERLY_CASES").map_or(100, |turns| turns.parse().unwrap());
    database.runtime.block_on(async {
        let graph = eagerly_postgres::reflect(database.connection.client()).await.unwrap();
        let fails = plan(graph, "{ customer { name note @selectin { id } purchase @selectin { id } } }");
        database.connection.client().batch_execute("ALTER TABLE note RENAME COLUMN customer_id TO gone").await.unwrap();
        let config: Config = database.url.parse().unwrap();
        let (client, driven) = config.connect(NoTls).await.unwrap();
        tokio::spawn(driven);
        let port = config.get_ports().first().copied().unwrap_or(5432);
        let lent = Connection::new(client).cancel_at(config.get_hosts()[0].clone(), port);
        for connection in [&database.connection, &lent] {
            for turn in 0..turns {
                let errors = load(connection, &fails).await.unwrap_err();
                assert_eq!(errors.first().code, code::REFUSED, "{errors}");
                let mine = connection.client().query_one("SELECT 'mine', pg_sleep(0.001)::text", &[]).await;
                assert_eq!(mine.unwrap_or_else(|e| panic!("{turn}: {e:?}")).get::<_, String>(0), "mine");
            }
        }
    });
}

/// A cancel that meets the ROLLBACK leaves a transaction that has failed.
#[test]
fn a_snapshot_that_is_dropped_after_a_load_leaves_no_transaction() {
    let Some(database) = database(SHOP) else { return };
    database.runtime.block_on(async {
        let graph = eagerly_postgres::reflect(database.connection.client()).await.unwrap();
        let naps = plan(graph.clone(), "{ purchase { id } }");
        let all = plan(graph, "{ customer { name } }");
        database.connection.client().batch_execute(CHANGE).await.unwrap();
        for turn in 0..60 {
            let begun = snapshot(&database.connection).await.unwrap();
            let soon = Duration::from_millis(75 + turn % 30);
            _ = tokio::time::timeout(soon, load(&database.connection, &naps)).await;
            drop(begun);
            load(&database.connection, &all).await.unwrap_or_else(|errors| panic!("{turn}: {errors}"));
            let begun = snapshot(&database.connection).await.unwrap_or_else(|errors| panic!("{turn}: {errors}"));
            begun.end().await.unwrap();
        }
    });
}
