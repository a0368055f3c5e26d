//! Fold: from type and status to a PLOVER type alone, as data sets without a status have it.
//!
//! PLOVER's manual codes what is announced by what announcing it amounts to: a meeting that is to
//! come is AGREE, a retreat that is to come is CONCEDE, violence that is to come is THREATEN. What is
//! only possible is no event there; what is demanded or denied stands beside its REQUEST, ACCUSE or
//! REJECT, which are events of their own, and is not coded a second time.

use dateline_store::EventRow;

/// What an event is without a status.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Folded {
    pub event_type: String,
    pub mode: Option<String>,
    pub cameo: String,
    pub quad: u8,
    pub intensity: f64,
}

/// `None` for what has not happened and has not been announced.
pub(crate) fn fold_event(event: &EventRow) -> Option<Folded> {
    fold(&event.event_type, event.mode.as_deref(), &event.status, &event.cameo, event.quad, event.intensity)
}

fn fold(
    event_type: &str,
    mode: Option<&str>,
    status: &str,
    cameo: &str,
    quad: u8,
    intensity: f64,
) -> Option<Folded> {
    let as_it_is = || Folded {
        event_type: event_type.into(),
        mode: mode.map(Into::into),
        cameo: cameo.into(),
        quad,
        intensity,
    };
    let become_ = |event_type: &str, mode: Option<&str>, cameo: &str, quad, intensity| Folded {
        event_type: event_type.into(),
        mode: mode.map(Into::into),
        cameo: cameo.into(),
        quad,
        intensity,
    };
    match status {
        "asserted" | "ongoing" => Some(as_it_is()),
        "planned" => Some(match event_type {
            // CAMEO: express intent to meet, to cooperate diplomatically, materially, to give aid.
            "CONSULT" => become_("AGREE", None, "036", 1, 2.5),
            "SUPPORT" => become_("AGREE", None, "032", 1, 2.5),
            "COOPERATE" => become_("AGREE", None, "031", 1, 2.5),
            "AID" => become_("AGREE", None, "033", 1, 2.5),
            "RETREAT" => become_("CONCEDE", None, "035", 1, 4.5),
            "PROTEST" => become_("THREATEN", None, "133", 3, -3.5),
            "SANCTION" => become_("THREATEN", Some("relations"), "131", 3, -3.5),
            "MOBILIZE" => become_("THREATEN", Some("violence"), "138", 3, -3.5),
            "ASSAULT" => become_("THREATEN", Some("violence"), "138", 3, -3.5),
            "COERCE" => match mode {
                Some("arrest") => become_("THREATEN", Some("arrest"), "137", 3, -3.5),
                Some("deport") => become_("THREATEN", Some("expel"), "137", 3, -3.5),
                _ => become_("THREATEN", Some("restrict"), "132", 3, -3.5),
            },
            // Words that are to come are words of that kind already.
            _ => as_it_is(),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(event_type: &str, mode: Option<&str>, status: &str, expected: Option<(&str, Option<&str>, u8)>) {
        let folded = fold(event_type, mode, status, "000", 4, 0.0);
        let folded = folded.as_ref().map(|it| (it.event_type.as_str(), it.mode.as_deref(), it.quad));
        assert_eq!(folded, expected);
    }

    #[test]
    fn planned_cooperation_is_agreeing() {
        for event_type in ["CONSULT", "SUPPORT", "COOPERATE", "AID"] {
            check(event_type, Some("visit"), "planned", Some(("AGREE", None, 1)));
        }
    }

    #[test]
    fn a_planned_retreat_is_a_concession() {
        check("RETREAT", Some("withdraw"), "planned", Some(("CONCEDE", None, 1)));
    }

    #[test]
    fn planned_force_is_a_threat() {
        check("ASSAULT", Some("drone"), "planned", Some(("THREATEN", Some("violence"), 3)));
        check("COERCE", Some("arrest"), "planned", Some(("THREATEN", Some("arrest"), 3)));
        check("SANCTION", None, "planned", Some(("THREATEN", Some("relations"), 3)));
    }

    #[test]
    fn what_happened_stays_what_it_is() {
        check("ASSAULT", Some("drone"), "asserted", Some(("ASSAULT", Some("drone"), 4)));
        check("PROTEST", Some("demo"), "ongoing", Some(("PROTEST", Some("demo"), 4)));
    }

    #[test]
    fn what_did_not_happen_is_left_out() {
        for status in ["possible", "demanded", "denied"] {
            check("ASSAULT", None, status, None);
        }
    }
}
