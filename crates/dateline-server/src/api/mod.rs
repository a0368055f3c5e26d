//! What is asked of the store. Every listing takes the filters of the command line by the same names.

mod asked;

mod articles;
mod counts;
mod entities;
mod events;
mod facets;
mod map;
mod pairs;
mod quotes;
mod sql;
mod stories;
mod summary;

mod download;
mod feeds;

mod countries;
mod live;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

pub use download::AT_A_TIME as DOWNLOADS_AT_A_TIME;
pub use live::{Live, watch};

pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(summary::summary))
        .routes(routes!(events::events))
        .routes(routes!(events::event))
        .routes(routes!(events::mentions))
        .routes(routes!(quotes::quotes))
        .routes(routes!(entities::entities))
        .routes(routes!(entities::entity))
        .routes(routes!(stories::stories))
        .routes(routes!(stories::story))
        .routes(routes!(articles::articles))
        .routes(routes!(articles::article))
        .routes(routes!(counts::counts))
        .routes(routes!(facets::facets))
        .routes(routes!(pairs::pairs))
        .routes(routes!(map::map))
        .routes(routes!(sql::sql))
        .routes(routes!(countries::countries))
        .routes(routes!(live::live))
}
