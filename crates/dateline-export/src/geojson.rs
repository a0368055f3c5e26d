//! GeoJSON: a point for each event whose place has coordinates, with the columns of the table as
//! properties. `place_precision` says what the point stands for: a country's is no city.

use std::io::{self, Write};

use dateline_store::EventRow;
use serde_json::{Map, Value, json};

use crate::columns::{Cell, EVENTS};

/// Writes a feature collection, feature by feature.
pub struct GeoJson<W: Write> {
    output: W,
    is_first: bool,
}

impl<W: Write> GeoJson<W> {
    pub fn new(mut output: W) -> io::Result<GeoJson<W>> {
        output.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[\n")?;
        Ok(GeoJson { output, is_first: true })
    }

    /// Writes the event; says whether it has a point.
    pub fn write(&mut self, event: &EventRow) -> io::Result<bool> {
        let Some((lat, lon)) = event.place.as_ref().and_then(|place| place.lat.zip(place.lon)) else {
            return Ok(false);
        };
        if !self.is_first {
            self.output.write_all(b",\n")?;
        }
        self.is_first = false;
        let feature = json!({
            "type": "Feature",
            "id": event.id,
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": properties(event),
        });
        serde_json::to_writer(&mut self.output, &feature)?;
        Ok(true)
    }

    pub fn end(mut self) -> io::Result<W> {
        self.output.write_all(b"\n]}\n")?;
        self.output.flush()?;
        Ok(self.output)
    }
}

fn properties(event: &EventRow) -> Map<String, Value> {
    EVENTS
        .iter()
        .map(|column| {
            let value = match (column.value)(event) {
                Cell::Null => Value::Null,
                Cell::Text(text) => text.into(),
                Cell::Integer(number) => number.into(),
                Cell::Real(number) => number.into(),
            };
            (column.name.to_string(), value)
        })
        .collect()
}
