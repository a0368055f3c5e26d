//! Quotes: how reported speech is found, and who said it.
