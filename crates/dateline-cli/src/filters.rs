//! The filters of the store as flags: `--date-from`, `--actor-country` and so on, one for each name,
//! so that a flag, a query string and a saved filter say the same.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use dateline_store::{Filter, FilterHelp};

use crate::failure::Failure;

/// Names and values as they were given; the store reads them.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    pairs: Vec<(&'static str, String)>,
}

/// Shorter names that people try first.
const ALIASES: [(&str, &str); 4] =
    [("date_from", "from"), ("date_to", "to"), ("event_type", "type"), ("confidence_min", "confidence")];

impl Filters {
    pub fn filter(&self) -> Result<Filter, Failure> {
        let mut filter = Filter::default();
        for (name, value) in &self.pairs {
            filter.set(name, value).map_err(|error| {
                let mut failure = Failure::new(error);
                failure.message = failure.message.replacen(name, &format!("--{}", flag(name)), 1);
                failure
            })?;
        }
        Ok(filter)
    }
}

impl FromArgMatches for Filters {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Filters, clap::Error> {
        let mut filters = Filters::default();
        filters.update_from_arg_matches(matches)?;
        Ok(filters)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for help in Filter::ALL {
            let values = matches.get_many::<String>(help.name).unwrap_or_default();
            self.pairs.extend(values.map(|value| (help.name, value.clone())));
        }
        Ok(())
    }
}

impl Args for Filters {
    fn augment_args(command: Command) -> Command {
        Filter::ALL.iter().fold(command, |command, help| command.arg(argument(help)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Filters::augment_args(command)
    }
}

fn argument(help: &FilterHelp) -> Arg {
    let action = if help.is_list { ArgAction::Append } else { ArgAction::Set };
    let argument = Arg::new(help.name)
        .long(flag(help.name))
        .value_name(help.value)
        .help(help.help)
        .help_heading("Filters")
        .allow_hyphen_values(matches!(help.name, "near" | "text"))
        .action(action);
    match ALIASES.iter().find(|(name, _)| *name == help.name) {
        Some((_, alias)) => argument.visible_alias(*alias),
        None => argument,
    }
}

fn flag(name: &str) -> String {
    name.replace('_', "-")
}
