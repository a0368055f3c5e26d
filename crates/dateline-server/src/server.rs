//! Server: listens until it is told to stop.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use dateline::Reader;
use tokio::net::TcpListener;

use crate::{Access, App};

/// Stories need deep stacks only where their sentences nest deeply; these are for the worst.
const STACK_BYTES: usize = 16 << 20;

/// Answers that are under way when the server is told to stop have so long to end.
const FAREWELL: Duration = Duration::from_secs(2);

/// How it is served.
#[derive(Clone, Debug)]
pub struct Options {
    pub address: SocketAddr,
    /// The file that stories were added to; it need not be there yet.
    pub database: PathBuf,
    /// Whether those were our example stories.
    pub is_examples: bool,
    pub access: Access,
    /// Bytes of a posted story.
    pub story_bytes: usize,
    /// A question to the database that takes longer is given up.
    pub time_limit: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            address: (IpAddr::V4(Ipv4Addr::LOCALHOST), 7070).into(),
            database: "dateline.db".into(),
            is_examples: false,
            access: Access::Loopback,
            story_bytes: 4_000_000,
            time_limit: Duration::from_secs(10),
        }
    }
}

/// Why the server did not come up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    #[error("{address} is in use by another program\nhint: choose another port: --port {}, or --port 0 for any that is free", address.port().saturating_add(1))]
    InUse { address: SocketAddr },

    #[error("cannot listen on {address}: {error}\nhint: choose another address or port")]
    Listen { address: SocketAddr, error: std::io::Error },

    #[error("the server broke off: {0}")]
    BrokeOff(std::io::Error),
}

/// The API and the page on one port.
pub struct Server {
    app: App,
    options: Options,
}

impl Server {
    /// A server that reads with `reader`. Without one, which is told with the reason, all but reading
    /// is served.
    pub fn new(reader: Result<Reader, String>, options: Options) -> Server {
        Server { app: App::new(reader, options.clone()), options }
    }

    /// Serves until the process is interrupted or asked to end. `listening` is told the address.
    ///
    /// # Errors
    ///
    /// The address cannot be listened on.
    pub fn run(self, listening: &mut dyn FnMut(SocketAddr)) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .thread_stack_size(STACK_BYTES)
            .build()
            .map_err(ServeError::BrokeOff)?;
        let address = self.options.address;
        runtime.block_on(async move {
            let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
                std::io::ErrorKind::AddrInUse => ServeError::InUse { address },
                _ => ServeError::Listen { address, error },
            })?;
            listening(listener.local_addr().map_err(ServeError::BrokeOff)?);
            let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
            let serving = axum::serve(listener, self.app.router())
                .with_graceful_shutdown(async move {
                    told_to_stop().await;
                    let _ = stop.send(());
                })
                .into_future();
            tokio::select! {
                ended = serving => ended.map_err(ServeError::BrokeOff),
                () = async {
                    let _ = stopped.await;
                    tokio::time::sleep(FAREWELL).await;
                } => Ok(()),
            }
        })
    }
}

async fn told_to_stop() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = ended => {}
    }
}
