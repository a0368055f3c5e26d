//! Live: new numbers as soon as another process has added something.
//!
//! One task looks at the database's revision once a second, which costs a page of it; only when that
//! has moved is anything counted, once for all who listen.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use tokio::sync::watch;

use super::summary::Summary;
use crate::App;

const EVERY: Duration = Duration::from_secs(1);

/// The newest numbers; `None` until they were first counted.
pub type Live = watch::Sender<Option<Summary>>;

/// Numbers of what is stored, sent anew when they change (server-sent events named `summary`)
#[utoipa::path(get, path = "/api/v1/live", tag = "counts", responses((status = 200, description = "`event: summary`, `data:` a Summary", body = String, content_type = "text/event-stream")))]
pub async fn live(State(app): State<Arc<App>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut changes = app.live.subscribe();
    // What is known already is sent at once.
    changes.mark_changed();
    let events = stream::unfold(changes, |mut changes| async move {
        loop {
            changes.changed().await.ok()?;
            let summary = changes.borrow_and_update().clone();
            if let Some(event) =
                summary.and_then(|summary| Event::default().event("summary").json_data(summary).ok())
            {
                return Some((Ok(event), changes));
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// Looks for changes as long as the server runs, and only while somebody listens.
pub async fn watch(app: Arc<App>) {
    let mut seen = None;
    loop {
        tokio::time::sleep(EVERY).await;
        if app.live.receiver_count() == 0 {
            continue;
        }
        let revision = app.stores.ask(|store| store.revision()).await.ok();
        if seen == Some(revision) && app.live.borrow().is_some() {
            continue;
        }
        // A database that cannot be asked now is asked again in a second.
        if let Ok(summary) = app.summary().await {
            seen = Some(revision);
            app.live.send_if_modified(|known| {
                let is_new = known.as_ref() != Some(&summary);
                *known = Some(summary);
                is_new
            });
        }
    }
}
