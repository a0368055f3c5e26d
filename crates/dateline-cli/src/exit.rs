//! Exit: what the command's status tells a script.

/// How a run ended. Wrong usage (2) is said by the argument parser itself. An interrupt ends most
/// commands by its signal, which a shell shows as 130; a watch ends in order and says 130 itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All was read.
    Done = 0,
    /// Nothing could be done.
    Failed = 1,
    /// It ran to the end, but some inputs were rejected.
    SomeRejected = 3,
    /// The network, or a server on it, refused.
    Network = 5,
    /// Somebody pressed Ctrl-C, and what was at hand was finished.
    Interrupted = 130,
}
