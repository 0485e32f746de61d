//! A connection that counts its flights: how often something is sent after something was received, which is the number
//! of round trips that depend on one another.

use crate::server::Database;
use eagerly_postgres::Connection;
use eagerly_postgres::tokio_postgres::config::Host;
use eagerly_postgres::tokio_postgres::{Config, NoTls};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, UnixStream};

/// A socket, or a connection over TCP.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

struct Counting {
    stream: Box<dyn Stream>,
    received: bool,
    flights: Arc<AtomicU32>,
}

impl AsyncRead for Counting {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buf);
        self.received |= buf.filled().len() > before;
        polled
    }
}

impl AsyncWrite for Counting {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if std::mem::take(&mut self.received) {
            self.flights.fetch_add(1, Ordering::Relaxed);
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A socket to the server that a configuration names.
pub(crate) async fn socket(config: &Config) -> Box<dyn Stream> {
    let port = config.get_ports().first().copied().unwrap_or(5432);
    match config.get_hosts() {
        [Host::Unix(directory)] => {
            Box::new(UnixStream::connect(directory.join(format!(".s.PGSQL.{port}"))).await.unwrap())
        }
        [Host::Tcp(host)] => Box::new(TcpStream::connect((host.as_str(), port)).await.unwrap()),
        _ => panic!("{config:?}"),
    }
}

/// A connection of a host's own making, and its flights so far.
pub(crate) async fn counting(database: &Database) -> (Connection, Arc<AtomicU32>) {
    let config: Config = database.url.parse().unwrap();
    let stream = socket(&config).await;
    let flights = Arc::<AtomicU32>::default();
    let counting = Counting { stream, received: false, flights: flights.clone() };
    let (client, connection) = config.connect_raw(counting, NoTls).await.unwrap();
    tokio::spawn(connection);
    (Connection::new(client), flights)
}
