//! Where a stand-in listens.

use std::io;
use std::net::{SocketAddr, TcpListener};

/// A listener at an address, of port 0 for any that is free, and where that is. Must be called on a Tokio runtime.
pub(crate) fn bind(at: SocketAddr) -> io::Result<(tokio::net::TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(at)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    Ok((tokio::net::TcpListener::from_std(listener)?, address))
}
