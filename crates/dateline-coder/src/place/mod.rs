//! Places: toponyms recognised, then resolved.
