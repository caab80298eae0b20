//! Zones of time as people name them: by a place. What is on file, and what forms send, is the IANA name.

use crate::text::Texts;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use portal::time::Zone;
use types::Instant;

/// The zones of Brazil by name, spelled as there.
const BRAZIL: [(&str, &str); 17] = [
    ("America/Araguaina", "Araguaína"),
    ("America/Belem", "Belém"),
    ("America/Boa_Vista", "Boa Vista"),
    ("America/Campo_Grande", "Campo Grande"),
    ("America/Cuiaba", "Cuiabá"),
    ("America/Eirunepe", "Eirunepé"),
    ("America/Noronha", "Fernando de Noronha"),
    ("America/Fortaleza", "Fortaleza"),
    ("America/Maceio", "Maceió"),
    ("America/Manaus", "Manaus"),
    ("America/Porto_Acre", "Porto Acre"),
    ("America/Porto_Velho", "Porto Velho"),
    ("America/Recife", "Recife"),
    ("America/Rio_Branco", "Rio Branco"),
    ("America/Bahia", "Salvador"),
    ("America/Santarem", "Santarém"),
    ("America/Sao_Paulo", "São Paulo"),
];

/// What the names of today begin with; others (`Brazil/East`, `US/Pacific`) are older names of the same zones.
const REGIONS: [&str; 10] =
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

/// What names no city of Australia: older names too.
const STATES: [&str; 10] =
    ["ACT", "LHI", "NSW", "North", "Queensland", "South", "Tasmania", "Victoria", "West", "Yancowinna"];

/// Cities that stand under two continents.
const TWICE: [&str; 2] = ["Istanbul", "Nicosia"];

/// What one chooses from: IANA names, and places with how far their clocks are from Greenwich's at `now`. Brazil comes
/// first, the rest by name; `chosen` is there also by an older name.
pub(crate) fn choices(texts: Texts, chosen: &str, now: Instant) -> Vec<(String, String)> {
    let is_offered = |name: &str| name == chosen || !is_older(name);
    let is_elsewhere = |name: &str| BRAZIL.iter().all(|(zone, _)| *zone != name);
    let names = Zone::names().into_iter().filter(|name| is_offered(name) && is_elsewhere(name));
    let mut others: Vec<(String, String)> = names.map(|name| (place(texts, &name), name)).collect();
    others.sort_unstable();
    let brazil = BRAZIL.into_iter().map(|(zone, place)| (place.to_owned(), zone.to_owned()));
    brazil.chain(others).map(|(place, name)| (name.clone(), format!("{place} ({})", offset(&name, now)))).collect()
}

/// The place of a zone: its city, and where that is when the name says so or the city alone may be another one.
pub(crate) fn place(texts: Texts, zone: &str) -> String {
    if let Some((_, place)) = BRAZIL.iter().find(|(name, _)| *name == zone) {
        return (*place).to_owned();
    }
    let Some((around, city)) = zone.rsplit_once('/') else { return zone.to_owned() };
    let around = match around.split_once('/') {
        Some((_, state)) => Some(state.replace('_', " ")),
        None => (TWICE.contains(&city) || is_older(zone)).then(|| continent(texts, around)),
    };
    let city = city.replace('_', " ");
    around.map_or_else(|| city.clone(), |around| format!("{city}, {around}"))
}

fn is_older(zone: &str) -> bool {
    zone.split_once('/')
        .is_some_and(|(region, city)| !REGIONS.contains(&region) || region == "Australia" && STATES.contains(&city))
}

fn continent(texts: Texts, region: &str) -> String {
    match region {
        "Asia" => texts.text("zone-asia"),
        "Europe" => texts.text("zone-europe"),
        other => other.to_owned(),
    }
}

/// `GMT-3`, `GMT+5:30`.
fn offset(zone: &str, now: Instant) -> String {
    let now = Timestamp::from_microsecond(now.micros()).unwrap_or(Timestamp::MAX);
    let seconds = TimeZone::get(zone).map_or(0, |zone| zone.to_offset(now).seconds());
    let sign = if seconds < 0 { '-' } else { '+' };
    match (seconds.abs() / 3600, seconds.abs() % 3600 / 60) {
        (0, 0) => "GMT".to_owned(),
        (hours, 0) => format!("GMT{sign}{hours}"),
        (hours, minutes) => format!("GMT{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use types::Language;

    /// A day in the southern summer.
    fn all(chosen: &str) -> Vec<(String, String)> {
        choices(Texts::of(Language::Portuguese), chosen, Instant::from_seconds(1_795_000_000))
    }

    #[test]
    fn brazil_comes_first_and_the_rest_by_name() {
        let all = all("America/Sao_Paulo");
        let names: Vec<&str> = all.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(names[..3], ["Araguaína (GMT-3)", "Belém (GMT-3)", "Boa Vista (GMT-4)"]);
        assert_eq!(names[16..18], ["São Paulo (GMT-3)", "Abidjan (GMT)"]);
        assert!(names[17..].is_sorted(), "{names:?}");
    }

    #[test]
    fn a_zone_is_offered_once_and_by_a_name_of_its_own() {
        let all = all("America/Sao_Paulo");
        let (zones, names): (BTreeSet<_>, BTreeSet<_>) = all.iter().cloned().unzip();
        assert_eq!((zones.len(), names.len()), (all.len(), all.len()));
        assert!(zones.iter().all(|zone| Zone::named(zone).is_ok()));
        assert!(zones.contains("UTC") && !zones.contains("Brazil/East"));
        assert!(self::all("Brazil/East").contains(&("Brazil/East".to_owned(), "East, Brazil (GMT-3)".to_owned())));
    }

    #[test]
    fn a_place_is_a_city_and_where_it_is_if_that_must_be_said() {
        let texts = Texts::of(Language::Portuguese);
        for (zone, named) in [
            ("America/Noronha", "Fernando de Noronha"),
            ("America/New_York", "New York"),
            ("America/Argentina/Salta", "Salta, Argentina"),
            ("America/North_Dakota/New_Salem", "New Salem, North Dakota"),
            ("Europe/Istanbul", "Istanbul, Europa"),
            ("Australia/Sydney", "Sydney"),
            ("UTC", "UTC"),
        ] {
            assert_eq!(place(texts, zone), named);
        }
        let offsets = ["Asia/Kolkata", "America/St_Johns", "Europe/London", "UTC"];
        let now = Instant::from_seconds(1_795_000_000);
        assert_eq!(offsets.map(|zone| offset(zone, now)), ["GMT+5:30", "GMT-3:30", "GMT", "GMT"]);
    }
}
