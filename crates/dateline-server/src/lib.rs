//! The record over HTTP: a JSON API under `/api/v1`, and the web page that shows it.
//!
//! ```no_run
//! use dateline_server::{Options, Server};
//!
//! # fn serve(reader: dateline::Reader) -> Result<(), dateline_server::ServeError> {
//! let server = Server::new(Ok(reader), Options::default());
//! server.run(&mut |address| eprintln!("listening on http://{address}"))?;
//! # Ok(())
//! # }
//! ```
//!
//! The page is compiled in from `web/dist`, and uses nothing but the API. The API is described by the
//! code itself at `/openapi.json`. Whatever goes wrong is told as a [`Problem`] (RFC 9457), never as a
//! bare status.
//!
//! This crate alone knows HTTP, and knows nothing else: it asks the `dateline` reader and the
//! `dateline-store`, and prints what they say.

mod app;
mod server;

mod api;
mod codebook;
mod examples;
mod read;

mod assets;
mod metrics;
mod openapi;

mod answers;
mod stores;

mod etag;
mod guard;
mod headers;

mod problem;

pub use app::App;
pub use examples::example_articles;
pub use guard::Access;
pub use openapi::openapi;
pub use problem::Problem;
pub use server::{Options, ServeError, Server};
