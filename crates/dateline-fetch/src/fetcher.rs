//! Fetcher: from a question to a page, by way of permission, patience and redirects.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use dateline_document::{Reservation, ReservedBy, TdmWord};
use jiff::Timestamp;
use reqwest::{Client, Url};
use robotxt::robots_url;
use tokio::runtime::Runtime;
use tokio::sync::{OnceCell, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::answer::{Answer, Limit, Question, ask};
use crate::host::{Host, Known, What};
use crate::reservation::TdmFile;
use crate::robots::{Permission, Remembered};
use crate::{FetchError, FetchOptions, Fetched, Page, Request, Validators, address, client, reservation};

/// Bytes of a server's file of reservations.
const TDM_FILE: u64 = 500 * 1024;

/// Fetches pages. It remembers whom it has asked and what they allow, so keep one for all pages.
pub struct Fetcher {
    /// One thread, which goes on while pages that have come are being read: what is on its way must
    /// not time out because nobody looks. Gone only while the fetcher is dropped.
    runtime: Option<Runtime>,
    guest: Arc<Guest>,
}

/// Who asks, and all that it remembers.
struct Guest {
    asker: Asker,
    servers: Known<Server>,
    stopped: watch::Sender<bool>,
}

/// What is known of a server: a host and a port.
#[derive(Default)]
struct Server {
    permission: Remembered,
    tdm_file: OnceCell<TdmFile>,
}

impl Fetcher {
    /// # Errors
    ///
    /// [`FetchError::Client`]: the user agent cannot be sent, or the machine has no certificates.
    pub fn new(options: FetchOptions) -> Result<Fetcher, FetchError> {
        let client = client::client(&options)?;
        Fetcher::with(client, options)
    }

    fn with(client: Client, options: FetchOptions) -> Result<Fetcher, FetchError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("fetch")
            .enable_io()
            .enable_time()
            .build()
            .map_err(|error| FetchError::Client { reason: error.to_string() })?;
        let guest = Guest {
            asker: Asker { client, options, hosts: Known::new() },
            servers: Known::new(),
            stopped: watch::Sender::new(false),
        };
        Ok(Fetcher { runtime: Some(runtime), guest: Arc::new(guest) })
    }

    /// Fetches one page.
    ///
    /// # Errors
    ///
    /// Whatever keeps the page from us; [`FetchError`] has a sentence for each.
    pub fn get(&self, request: &Request) -> Result<Fetched, FetchError> {
        self.wait_for(self.send(request.clone())).1
    }

    /// Fetches many, several hosts at a time, and hands them over in the order of `requests` until
    /// `each` breaks off. Only a few are held at a time.
    pub fn get_each<Requests>(
        &self,
        requests: Requests,
        mut each: impl FnMut(Request, Result<Fetched, FetchError>) -> ControlFlow<()>,
    ) -> ControlFlow<()>
    where
        Requests: IntoIterator<Item = Request>,
    {
        let mut requests = requests.into_iter();
        let mut sent = Sent::default();
        loop {
            while sent.0.len() < self.guest.asker.options.hosts.max(1)
                && let Some(request) = requests.next()
            {
                sent.0.push_back(self.send(request));
            }
            let Some(first) = sent.0.pop_front() else { return ControlFlow::Continue(()) };
            let (request, answer) = self.wait_for(first);
            each(request, answer)?;
        }
    }

    /// Breaks off what is being fetched and refuses what comes after, from any thread.
    pub fn stop(&self) {
        self.guest.stopped.send_replace(true);
    }

    /// Waits for `time`, or until [`Fetcher::stop`]: then it says false.
    pub fn pause(&self, time: Duration) -> bool {
        let mut stopped = self.guest.stopped.subscribe();
        self.runtime().block_on(async {
            tokio::time::timeout(time, stopped.wait_for(|&is_stopped| is_stopped)).await.is_err()
        })
    }

    pub fn is_stopped(&self) -> bool {
        *self.guest.stopped.borrow()
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("it is taken only when the fetcher is dropped")
    }

    fn send(&self, request: Request) -> JoinHandle<Answered> {
        let guest = self.guest.clone();
        self.runtime().spawn(async move {
            let answer = guest.unless_stopped(&request).await;
            (request, answer)
        })
    }

    fn wait_for(&self, sent: JoinHandle<Answered>) -> Answered {
        // Nothing aborts a question that is waited for; if it panicked, so do we.
        self.runtime().block_on(sent).unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
    }
}

type Answered = (Request, Result<Fetched, FetchError>);

/// Questions on their way, in order. Those that nobody waits for any more are called back.
#[derive(Default)]
struct Sent(VecDeque<JoinHandle<Answered>>);

impl Drop for Sent {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

impl Guest {
    async fn unless_stopped(&self, request: &Request) -> Result<Fetched, FetchError> {
        let mut stopped = self.stopped.subscribe();
        tokio::select! {
            biased;
            _ = stopped.wait_for(|&is_stopped| is_stopped) => Err(FetchError::Stopped),
            fetched = self.follow(request) => fetched,
        }
    }

    /// Follows an address to where its page is.
    async fn follow(&self, request: &Request) -> Result<Fetched, FetchError> {
        let options = &self.asker.options;
        let mut url = address::check(&request.url, options.allow_private)?;
        let mut been = Vec::new();
        loop {
            let server = self.servers.get(&url.origin().ascii_serialization());
            let permission = server.permission.get(&self.asker, &url).await;
            permission.check(&url, options.product())?;
            let delay = permission.crawl_delay().unwrap_or_default().max(options.delay);
            // What one address gave us to ask with says nothing to another one.
            let validators = request.validators.as_ref().filter(|known| known.url == url.as_str());
            let limit = Limit::Refuse(options.max_bytes);
            let answer = self.asker.ask(&url, validators, What::Page, limit, delay).await?;
            let next = match answer.status {
                200..=299 => {
                    let file = match request.asks_reservation {
                        true => Some(server.tdm_file(&self.asker, &permission, &url).await),
                        false => None,
                    };
                    return Ok(Fetched::Page(Box::new(self.page(url, answer, &permission, file))));
                }
                304 if validators.is_some() => return Ok(Fetched::Unchanged),
                status @ (301 | 302 | 303 | 307 | 308) => {
                    answer.location(&url).ok_or(FetchError::RedirectNowhere { status })??
                }
                401 => return Err(FetchError::Login),
                402 => return Err(FetchError::Payment),
                403 => return Err(FetchError::Forbidden),
                status => return Err(FetchError::Status { status }),
            };
            let next = address::check(&next, options.allow_private)?;
            been.push(url);
            if been.contains(&next) {
                return Err(FetchError::RedirectLoop { url: next.into() });
            }
            if been.len() as u64 > u64::from(options.redirects) {
                return Err(FetchError::TooManyRedirects { limit: options.redirects });
            }
            url = next;
        }
    }

    fn page(&self, url: Url, answer: Answer, permission: &Permission, file: Option<&TdmFile>) -> Page {
        let product = self.asker.options.product();
        Page {
            content_type: answer.content_type(),
            charset: answer.charset(),
            validators: answer.validators(&url),
            reservation: reserved(&answer, permission, file.and_then(|file| file.word_for(&url)), product),
            fetched_at: Timestamp::now(),
            url: url.into(),
            bytes: answer.body,
        }
    }
}

/// Everything that the server says on the matter. A header is nearer to the page than the file.
fn reserved(
    answer: &Answer,
    permission: &Permission,
    file: Option<&TdmWord>,
    product: &str,
) -> Option<Reservation> {
    let header = reservation::tdm_header(&answer.headers);
    let (word, place) = match &header {
        Some(word) => (Some(word), ReservedBy::TdmHeader),
        None => (file, ReservedBy::TdmFile),
    };
    let word = word.filter(|word| word.is_reserved);
    let places = [
        word.map(|_| place),
        reservation::robots_tag(&answer.headers, product).then_some(ReservedBy::RobotsTag),
        permission.reserves().then_some(ReservedBy::RobotsText),
    ];
    Reservation::said_by(places.into_iter().flatten(), word.and_then(|word| word.policy.clone()))
}

impl Server {
    /// The server's file of reservations, asked for once. Where it is not to be had it says nothing.
    async fn tdm_file(&self, asker: &Asker, permission: &Permission, url: &Url) -> &TdmFile {
        let fetch = async || {
            let mut at = robots_url(url).ok()?;
            at.set_path("/.well-known/tdmrep.json");
            permission.check(&at, asker.options.product()).ok()?;
            let limit = Limit::Refuse(TDM_FILE);
            let answer = asker.ask(&at, None, What::Rules, limit, Duration::ZERO).await.ok()?;
            (answer.status == 200).then(|| TdmFile::read(&answer.body))
        };
        self.tdm_file.get_or_init(async || fetch().await.unwrap_or_default()).await
    }
}

impl Drop for Fetcher {
    fn drop(&mut self) {
        // A name that is still being resolved must not hold up whoever drops us.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Asks servers, each host in its turn.
pub(crate) struct Asker {
    client: Client,
    pub options: FetchOptions,
    hosts: Known<Host>,
}

impl Asker {
    /// Asks one question when it is our turn, and again where the host was busy or broke off.
    ///
    /// No other lock is held while waiting for the turn, and nothing else is waited for within it.
    pub async fn ask(
        &self,
        url: &Url,
        validators: Option<&Validators>,
        what: What,
        limit: Limit,
        delay: Duration,
    ) -> Result<Answer, FetchError> {
        let name = url.host_str().unwrap_or_default();
        let host = self.hosts.get(name);
        let question = Question {
            url,
            validators,
            timeout: self.options.timeout,
            limit,
            wants_text: what == What::Page,
        };
        let mut attempt = 0;
        loop {
            let mut turn = host.turn.lock().await;
            let wait = turn.wait(what, Instant::now());
            if wait > self.options.max_wait {
                let limit = self.options.max_wait;
                return Err(FetchError::WouldWait { host: name.to_owned(), wait, limit });
            }
            tokio::time::sleep(wait).await;
            let answer = ask(&self.client, &question).await;
            let now = Instant::now();
            turn.has_asked(what, now, delay);
            let (failure, asked_for) = match answer {
                Ok(answer) if matches!(answer.status, 429 | 503) => {
                    let wait = answer.retry_after();
                    (FetchError::Busy { status: answer.status, wait }, wait)
                }
                Err(failure @ FetchError::Broken { .. }) => (failure, None),
                answer => return answer,
            };
            let back_off = self.options.back_off.saturating_mul(1 << attempt.min(16));
            let wait = asked_for.unwrap_or(back_off);
            turn.is_to_be_left_alone(now, wait);
            if attempt >= self.options.retries || wait > self.options.max_wait {
                return Err(failure);
            }
            attempt += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// A page that is in the open may lead inside. The name `news.example` is told to the client
    /// beforehand, and so passes for a public one; every other name and number is looked at.
    #[test]
    fn a_redirect_to_a_private_address_is_not_followed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let inside = Arc::new(AtomicU32::new(0));
        let count = inside.clone();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut question = [0; 2000];
                let length = stream.read(&mut question).unwrap_or(0);
                let question = String::from_utf8_lossy(&question[..length]).into_owned();
                let path = question.split(' ').nth(1).unwrap_or_default();
                let to = match path {
                    "/number" => format!("http://{address}/inside"),
                    "/name" => format!("http://localhost:{}/inside", address.port()),
                    "/mapped" => format!("http://[::ffff:127.0.0.1]:{}/inside", address.port()),
                    "/cloud" => "http://169.254.169.254/latest".to_owned(),
                    "/inside" => {
                        count.fetch_add(1, Ordering::SeqCst);
                        continue;
                    }
                    _ => {
                        let _ = stream.write_all(
                            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                        );
                        continue;
                    }
                };
                let answer = format!(
                    "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                );
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        let options = FetchOptions { delay: Duration::ZERO, ..FetchOptions::default() };
        let client = client::builder(&options).unwrap().resolve("news.example", address).build().unwrap();
        let fetcher = Fetcher::with(client, options).unwrap();
        for path in ["number", "name", "mapped", "cloud"] {
            let url = format!("http://news.example:{}/{path}", address.port());
            let answer = fetcher.get(&Request::page(url));
            assert!(matches!(answer, Err(FetchError::Private { .. })), "{path}: {answer:?}");
        }
        assert_eq!(inside.load(Ordering::SeqCst), 0, "nobody asked inside");
    }
}
