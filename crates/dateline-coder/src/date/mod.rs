//! Dates: how date expressions are found and laid on the calendar.
