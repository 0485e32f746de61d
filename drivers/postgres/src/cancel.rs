//! A cancel: a connection of its own to the server, and how it is known that the server has acted on it.
//!
//! The server closes the connection of a cancel after it has signalled the process that runs the statement (libpq waits
//! for that too). Until then the cancel may still come, and would end whatever statement runs by then. tokio-postgres's
//! `cancel_query` returns as soon as the request is written, so the stream here is one whose end is awaited
//! ([`UntilClosed`]). That needs the server's address, which tokio-postgres keeps to itself, or TLS of the host's own.

use crate::encryption::Connector;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_postgres::config::Host;
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_postgres::{CancelToken, NoTls, Socket};

/// Sends a cancel; whether the server has acted on it for sure.
pub(crate) type Cancel = Box<dyn Fn(CancelToken) -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync>;

/// Where a server is reached.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    /// What it is connected to: a name, an address or a socket's directory.
    pub(crate) host: Host,
    pub(crate) port: u16,
    /// The name that its certificate is for.
    pub(crate) name: String,
}

impl Address {
    pub(crate) fn new(host: Host, port: u16) -> Self {
        let name = match &host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(_) => String::new(),
        };
        Self { host, port, name }
    }
}

/// Cancels over connections that are made as one of ours was.
pub(crate) fn cancel_with(connector: Connector, address: Option<Address>) -> Cancel {
    Box::new(move |token| {
        let (connector, address) = (connector.clone(), address.clone());
        Box::pin(async move {
            match address {
                Some(address) => at(&address, &connector, &token).await.is_ok(),
                None => {
                    // A server that cannot be reached has nothing to cancel for us.
                    _ = connector.cancel(&token).await;
                    false
                }
            }
        })
    })
}

/// Cancels over connections that the host encrypts.
pub(crate) fn cancel_by<T>(tls: T) -> Cancel
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
    T::TlsConnect: Send,
    T::Stream: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    Box::new(move |token| {
        let (tls, closed) = (tls.clone(), Arc::new(AtomicBool::new(false)));
        Box::pin(async move {
            let awaited = Awaited { tls: tls.clone(), closed: closed.clone() };
            if token.cancel_query(awaited).await.is_err() {
                // `NoTls` says of itself that it cannot encrypt, which no wrapper can.
                _ = token.cancel_query(tls).await;
            }
            closed.load(Ordering::Acquire)
        })
    })
}

async fn at(address: &Address, connector: &Connector, token: &CancelToken) -> io::Result<()> {
    match &address.host {
        Host::Tcp(host) => {
            let stream = TcpStream::connect((host.as_str(), address.port)).await?;
            over(stream, &address.name, connector, token).await
        }
        #[cfg(unix)]
        Host::Unix(directory) => {
            let stream = tokio::net::UnixStream::connect(socket(directory, address.port)).await?;
            over(stream, &address.name, connector, token).await
        }
    }
}

#[cfg(unix)]
fn socket(directory: &std::path::Path, port: u16) -> std::path::PathBuf {
    directory.join(format!(".s.PGSQL.{port}"))
}

async fn over<S>(stream: S, name: &str, connector: &Connector, token: &CancelToken) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let stream = UntilClosed { stream, closed: Arc::default() };
    let done = match connector {
        Connector::Plain => token.cancel_query_raw(stream, NoTls).await,
        #[cfg(feature = "tls")]
        Connector::Tls(tls) => {
            let Ok(tls) = MakeTlsConnect::<UntilClosed<S>>::make_tls_connect(&mut tls.clone(), name);
            token.cancel_query_raw(stream, tls).await
        }
    };
    #[cfg(not(feature = "tls"))]
    let _ = name;
    done.map_err(io::Error::other)
}

/// A stream whose shutdown is that of the other side: it waits until that has closed the stream.
pub(crate) struct UntilClosed<S> {
    stream: S,
    closed: Arc<AtomicBool>,
}

impl<S: AsyncRead + Unpin> AsyncRead for UntilClosed<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for UntilClosed<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        loop {
            let mut bytes = [0; 64];
            let mut buffer = ReadBuf::new(&mut bytes);
            // A server that ends without a word has closed the stream too.
            let read = ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer));
            if read.is_err() || buffer.filled().is_empty() {
                self.closed.store(true, Ordering::Release);
                return Poll::Ready(Ok(()));
            }
        }
    }
}

impl<S: TlsStream + Unpin> TlsStream for UntilClosed<S> {
    fn channel_binding(&self) -> ChannelBinding {
        self.stream.channel_binding()
    }
}

/// Encryption of a host's, over streams whose end is awaited.
struct Awaited<T> {
    tls: T,
    closed: Arc<AtomicBool>,
}

impl<T> MakeTlsConnect<Socket> for Awaited<T>
where
    T: MakeTlsConnect<Socket>,
    T::TlsConnect: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send + 'static,
    T: 'static,
{
    type Stream = UntilClosed<T::Stream>;
    type TlsConnect = Awaited<T::TlsConnect>;
    type Error = T::Error;

    fn make_tls_connect(&mut self, domain: &str) -> Result<Self::TlsConnect, T::Error> {
        Ok(Awaited { tls: self.tls.make_tls_connect(domain)?, closed: self.closed.clone() })
    }
}

impl<T> TlsConnect<Socket> for Awaited<T>
where
    T: TlsConnect<Socket>,
    T::Future: Send + 'static,
{
    type Stream = UntilClosed<T::Stream>;
    type Error = T::Error;
    type Future = Pin<Box<dyn Future<Output = Result<UntilClosed<T::Stream>, T::Error>> + Send>>;

    fn connect(self, stream: Socket) -> Self::Future {
        let (connecting, closed) = (self.tls.connect(stream), self.closed);
        Box::pin(async move { Ok(UntilClosed { stream: connecting.await?, closed }) })
    }
}
