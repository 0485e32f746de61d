//! Days become dates of the proleptic Gregorian calendar, as PostgreSQL counts them.
//!
//! By hand, since no date library holds PostgreSQL's range: dates from 4713 BC to the year 5 874 897, timestamps to the
//! year 294 276.

/// Year (0 is 1 BC), month and day of a number of days since 2000-01-01.
pub(super) fn date(days: i64) -> (i64, i64, i64) {
    // Eras of 400 years that begin on the first of March, so that a leap day is the last of its year: Howard Hinnant,
    // "chrono-compatible low-level date algorithms", civil_from_days.
    let days = days + FROM_YEAR_0;
    let era = days.div_euclid(DAYS_OF_ERA);
    let day_of_era = days.rem_euclid(DAYS_OF_ERA);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (year_of_era + era * 400 + next_year, month, day)
}

/// Days of 400 years.
const DAYS_OF_ERA: i64 = 146_097;

/// Days from 0000-03-01 to 2000-01-01.
const FROM_YEAR_0: i64 = 730_425;
