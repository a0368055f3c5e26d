//! Downloads: all of a filter, written as it is read, however much there is.
//!
//! A thread reads and writes into a short queue; the connection takes from it. So a slow reader slows
//! the thread, and memory stays as it is. Whoever takes nothing for a minute is given up.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use dateline_export::{Column, CsvRows, write_csv};
use dateline_store::{EventRow, Filter, Page, Store, StoreError, each_row};
use futures_util::{StreamExt, stream};
use serde::Serialize;
use serde_json::json;
use tokio::sync::mpsc;

use super::asked::{Asked, Form, only};
use crate::{App, Problem};

/// Downloads at a time; each holds a thread and a connection.
pub const AT_A_TIME: usize = 4;

const PIECE: usize = 64 << 10;
const PIECES_AHEAD: usize = 4;
const PATIENCE: Duration = Duration::from_secs(60);

type Each<'a, R> = &'a mut dyn FnMut(R) -> Result<(), StoreError>;

pub async fn csv<R: 'static>(
    app: &Arc<App>,
    asked: Asked,
    name: &str,
    columns: &'static [Column<R>],
    rows: impl FnOnce(&Store, &Filter, Each<R>) -> Result<bool, StoreError> + Send + 'static,
) -> Result<Response, Problem> {
    streamed(app, asked, "text/csv; charset=utf-8", &format!("{name}.csv"), move |store, filter, output| {
        let mut csv = CsvRows::new(output, columns)?;
        rows(store, filter, &mut |row| Ok(csv.write(&row)?))?;
        Ok(csv.end()?)
    })
    .await
}

pub async fn ndjson<R: Serialize + 'static>(
    app: &Arc<App>,
    asked: Asked,
    name: &str,
    rows: impl FnOnce(&Store, &Filter, Each<R>) -> Result<bool, StoreError> + Send + 'static,
) -> Result<Response, Problem> {
    streamed(app, asked, "application/x-ndjson", &format!("{name}.ndjson"), move |store, filter, output| {
        rows(store, filter, &mut |row| {
            serde_json::to_writer(&mut *output, &row).map_err(io::Error::from)?;
            Ok(output.write_all(b"\n")?)
        })?;
        Ok(())
    })
    .await
}

/// A listing that has pages: one of them as JSON, all of them one after the other as CSV or NDJSON.
pub async fn listing<R: Serialize + 'static>(
    app: &Arc<App>,
    asked: Asked,
    name: &str,
    columns: &'static [Column<R>],
    page: fn(&Store, &Filter) -> Result<Page<R>, StoreError>,
) -> Result<Response, Problem> {
    only(&asked, &[Form::Json, Form::Csv, Form::Ndjson])?;
    let rows = move |store: &Store, filter: &Filter, each: Each<R>| {
        Ok(each_row(filter, |filter| page(store, filter), each)?.is_some())
    };
    match asked.form {
        Form::Json => app.answer(asked, page).await,
        Form::Csv => csv(app, asked, name, columns, rows).await,
        _ => ndjson(app, asked, name, rows).await,
    }
}

/// A FeatureCollection of the events whose place is known to a point; the others have no geometry.
pub async fn geojson(app: &Arc<App>, asked: Asked) -> Result<Response, Problem> {
    streamed(app, asked, "application/geo+json", "events.geojson", |store, filter, output| {
        output.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        let mut gap: &[u8] = b"\n";
        store.each_event(filter, &mut |event| {
            output.write_all(std::mem::replace(&mut gap, b",\n"))?;
            serde_json::to_writer(&mut *output, &feature(&event)).map_err(io::Error::from)?;
            Ok(())
        })?;
        Ok(output.write_all(b"\n]}\n")?)
    })
    .await
}

fn feature(event: &EventRow) -> serde_json::Value {
    let point = event.place.as_ref().and_then(|place| Some([place.lon?, place.lat?]));
    json!({
        "type": "Feature",
        "id": event.id,
        "geometry": point.map(|coordinates| json!({"type": "Point", "coordinates": coordinates})),
        "properties": event,
    })
}

/// Lines of CSV whose columns are known only now.
pub fn lines(mut lines: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let names = lines.next().unwrap_or_default();
    // Writing to memory does not fail.
    let _ = write_csv(&mut bytes, &names, lines);
    bytes
}

async fn streamed(
    app: &Arc<App>,
    asked: Asked,
    content_type: &'static str,
    file: &str,
    write: impl FnOnce(&Store, &Filter, &mut Output) -> Result<(), StoreError> + Send + 'static,
) -> Result<Response, Problem> {
    if !asked.filter.group_by.is_empty() {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "group_by: a listing is not grouped")
            .hint("ask /api/v1/counts"));
    }
    let place = app.downloads.clone().try_acquire_owned().map_err(|_| {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, format!("{AT_A_TIME} downloads are under way"))
            .hint("try again in a moment")
    })?;
    let mut filter = asked.filter;
    filter.limit = filter.limit.map(|limit| limit.min(i32::MAX as usize));
    // What is wrong with the question is said before the answer begins.
    let first = Filter { limit: Some(1), ..filter.clone() };
    app.stores.ask(move |store| store.count(&Filter { cursor: None, ..first })).await?;

    let (send, receive) = mpsc::channel(PIECES_AHEAD);
    let (stores, handle) = (app.stores.clone(), tokio::runtime::Handle::current());
    tokio::task::spawn_blocking(move || {
        let _place = place;
        let mut output = Output { send, handle, piece: Vec::with_capacity(PIECE) };
        let written = stores
            .open()
            .and_then(|store| write(&store, &filter, &mut output))
            .and_then(|()| Ok(output.flush()?));
        if let Err(error) = written {
            // The status has been sent; breaking the connection off is how the reader learns of it.
            let _ = output.handle.block_on(output.send.send(Err(io::Error::other(error.to_string()))));
        }
    });
    let pieces = stream::unfold(receive, |mut receive| async move {
        let piece: Result<Bytes, io::Error> = receive.recv().await?;
        Some((piece, receive))
    });
    // Compression asks once more after the end.
    let body = Body::from_stream(pieces.fuse());
    let disposition = format!("attachment; filename=\"{file}\"");
    Ok(([(CONTENT_TYPE, content_type.to_owned()), (CONTENT_DISPOSITION, disposition)], body).into_response())
}

/// What is written goes to the connection in pieces.
struct Output {
    send: mpsc::Sender<Result<Bytes, io::Error>>,
    handle: tokio::runtime::Handle,
    piece: Vec<u8>,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE)));
        let sending = tokio::time::timeout(PATIENCE, self.send.send(Ok(piece)));
        match self.handle.block_on(sending) {
            Ok(Ok(())) => Ok(()),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}
