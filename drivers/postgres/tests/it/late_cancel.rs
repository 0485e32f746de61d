//! A cancel that is late. PostgreSQL cancels whatever a connection is doing when the cancel arrives, which must not be the
//! next statement of the host.

use crate::plain::plan;
use crate::server::{Database, database};
use crate::wire::socket;
use eagerly::error::code;
use eagerly_postgres::tokio_postgres::tls::{MakeTlsConnect, NoTlsStream, TlsConnect};
use eagerly_postgres::tokio_postgres::{Config, NoTls, Socket};
use eagerly_postgres::{Connection, load};
use std::future::{Ready, ready};
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
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

/// What a server answers to who asks for encryption and gets none.
const UNENCRYPTED: u8 = b'N';

/// Encryption that a client would take, and that the server has not.
#[derive(Clone)]
struct Unused;

impl MakeTlsConnect<Socket> for Unused {
    type Stream = NoTlsStream;
    type TlsConnect = Self;
    type Error = io::Error;

    fn make_tls_connect(&mut self, _: &str) -> io::Result<Self> {
        Ok(Self)
    }
}

impl TlsConnect<Socket> for Unused {
    type Stream = NoTlsStream;
    type Error = io::Error;
    type Future = Ready<io::Result<NoTlsStream>>;

    fn connect(self, _: Socket) -> Self::Future {
        ready(Err(io::ErrorKind::Unsupported.into()))
    }
}

/// Passes a connection on to the server. Those that ask for encryption, which are the cancels, get no answer for a while.
async fn pass(mut client: TcpStream, config: Config) {
    let mut first = [0; 8];
    client.read_exact(&mut first).await.unwrap();
    let asks = first[4..] == 80_877_103_u32.to_be_bytes();
    let mut server = socket(&config).await;
    if asks {
        tokio::time::sleep(LATE).await;
        client.write_all(&[UNENCRYPTED]).await.unwrap();
    } else {
        server.write_all(&first).await.unwrap();
    }
    _ = copy_bidirectional(&mut client, &mut server).await;
}

/// A connection whose cancels are late.
async fn connection(database: &Database) -> Connection {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config: Config = database.url.parse().unwrap();
    let mut through = Config::new();
    through.host("127.0.0.1").port(listener.local_addr().unwrap().port());
    through.user(config.get_user().unwrap()).dbname(config.get_dbname().unwrap());
    if let Some(password) = config.get_password() {
        through.password(password);
    }
    tokio::spawn(async move {
        loop {
            let (client, _) = listener.accept().await.unwrap();
            tokio::spawn(pass(client, config.clone()));
        }
    });
    let (client, driven) = through.connect(NoTls).await.unwrap();
    tokio::spawn(driven);
    Connection::new(client).cancel_by(Unused)
}

#[test]
fn a_cancel_that_is_late_does_not_reach_the_next_statement() {
    let Some(database) = database(SHOP) else { return };
    database.runtime.block_on(async {
        let graph = eagerly_postgres::reflect(database.connection.client()).await.unwrap();
        let spec = "{ customer { name note @selectin { id } purchase @selectin { id } } }";
        let (fails, naps) = (plan(graph.clone(), spec), plan(graph, "{ purchase { id } }"));
        database.connection.client().batch_execute(CHANGE).await.unwrap();
        for way in ["failure", "limit", "settled"] {
            let connection = connection(&database).await;
            let soon = Duration::from_millis(50);
            match way {
                "failure" => {
                    let errors = load(&connection, &fails).await.unwrap_err();
                    assert_eq!(errors.first().code, code::REFUSED, "{errors}");
                }
                "limit" => {
                    connection.set_timeout(Some(soon));
                    assert_eq!(load(&connection, &naps).await.unwrap_err().first().code, code::TIMEOUT);
                }
                _ => {
                    assert!(tokio::time::timeout(soon, load(&connection, &naps)).await.is_err());
                    connection.settle().await;
                }
            }
            let mine = connection.client().query_one("SELECT 'mine', pg_sleep(1)::text", &[]).await;
            assert_eq!(mine.unwrap_or_else(|e| panic!("{way}: {e:?}")).get::<_, String>(0), "mine");
        }
    });
}
