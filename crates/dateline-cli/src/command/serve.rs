//! `dateline serve`: the record in a browser, and for programs over HTTP.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;
use dateline_server::{Access, Options, Server};

use crate::database::Database;
use crate::exit::Exit;
use crate::failure::{Failure, report};
use crate::output;
use crate::versions::{self, Versions};

mod examples;

use examples::Examples;

/// Show the record in a browser, and answer programs over HTTP
///
/// The page is at the address that is printed, the API below /api/v1, its description at
/// /openapi.json. Nothing that is asked over HTTP changes anything.
///
/// By default only this machine is listened to. Any other address needs --token, which visitors
/// open once as http://ADDRESS/?token=TOKEN and programs send as "Authorization: Bearer TOKEN", or
/// --public, which lets in whoever can reach the address.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port to listen on; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 7070, env = "DATELINE_PORT")]
    port: u16,

    /// Address to listen on; 0.0.0.0 and :: are all of this machine's
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,

    /// Let in only those who know TOKEN (16 characters or more)
    #[arg(long, value_name = "TOKEN", env = "DATELINE_TOKEN", hide_env_values = true, value_parser = token)]
    token: Option<String>,

    /// Let in whoever can reach the address
    #[arg(long, conflicts_with = "token")]
    public: bool,

    /// Show our example stories instead of a database of yours; they are forgotten at the end
    #[arg(long)]
    examples: bool,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    versions: Versions,
}

impl Serve {
    pub fn run(self) -> Result<Exit, Failure> {
        let access = self.access()?;
        let reader = versions::open(&self.versions).map_err(|failure| {
            report(&failure);
            eprintln!("serving all the same; stories cannot be read until this is mended");
            let hints = failure.hints.iter().map(|hint| format!("\nhint: {hint}"));
            format!("{}{}", failure.message, hints.collect::<String>())
        });
        // Gone when it is dropped, at the end of the run.
        let examples = match (self.examples, &reader) {
            (true, Ok(reader)) => Some(Examples::store(reader)?),
            (true, Err(_)) => return Err(Failure::new("the example stories cannot be read")),
            (false, _) => None,
        };
        let database = examples.as_ref().map_or(&self.database.path, |examples| &examples.path).clone();
        let options = Options {
            address: SocketAddr::new(self.address, self.port),
            access: access.clone(),
            database,
            is_examples: examples.is_some(),
            ..Options::default()
        };
        let server = Server::new(reader, options);
        let listening = &mut |address: SocketAddr| {
            if let Some(exposed) = exposed(address, &access) {
                eprintln!("{exposed}");
            }
            // On standard output, so that a script can wait for it and use it.
            let _ = output::print(format!("http://{address}\n").as_bytes());
        };
        server.run(listening).map_err(Failure::new)?;
        Ok(Exit::Done)
    }

    fn access(&self) -> Result<Access, Failure> {
        match (&self.token, self.public) {
            (Some(token), _) => Ok(Access::Token(token.clone())),
            (None, true) => Ok(Access::Public),
            (None, false) if self.address.is_loopback() => Ok(Access::Loopback),
            (None, false) => Err(Failure::new(format!(
                "{} can be reached from other machines: everybody there could read all that is stored, and \
                 have stories read on this machine",
                self.address
            ))
            .hint("choose a token: --token TOKEN")
            .hint("or let everybody in: --public")),
        }
    }
}

/// What others get at, where others can reach the address.
fn exposed(address: SocketAddr, access: &Access) -> Option<String> {
    if address.ip().is_loopback() {
        return None;
    }
    let who = match access {
        Access::Public => "whoever can reach it",
        Access::Token(_) => "whoever has the token",
        Access::Loopback => return None,
    };
    Some(format!(
        "exposed on {address}: {who} can read all that is stored and have stories read on this machine; \
         without TLS, which a proxy before it would add, others on the way can listen"
    ))
}

/// Of characters that need no quoting in a header, a cookie or an address.
fn token(text: &str) -> Result<String, String> {
    if text.len() < 16 {
        return Err(
            "it is easily guessed; take 16 characters or more, such as `openssl rand -hex 16` prints".into(),
        );
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    if text.chars().all(is_plain) {
        Ok(text.into())
    } else {
        Err("only letters, digits and -._~ may be in it".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_or_odd_token_is_refused() {
        assert!(token("secret").is_err());
        assert!(token("sixteen or more; letters").is_err());
        assert_eq!(token("0123456789abcdef").as_deref(), Ok("0123456789abcdef"));
    }

    #[test]
    fn what_is_exposed_is_said_where_others_can_reach_it() {
        let everywhere: SocketAddr = "0.0.0.0:7070".parse().unwrap();
        assert!(exposed(everywhere, &Access::Public).unwrap().contains("whoever can reach it"));
        assert_eq!(exposed("127.0.0.1:7070".parse().unwrap(), &Access::Public), None);
    }
}
