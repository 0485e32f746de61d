//! What no server sends, and the ends of ranges; everything else is compared with a live server.

use super::*;

fn written(form: Form, bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    write(form, bytes, &mut text).map(|()| text)
}

#[test]
fn malformed_bytes_are_no_value() {
    let forms = [
        Form::Numeric,
        Form::Date,
        Form::Time,
        Form::TimeTz,
        Form::Timestamp,
        Form::TimestampTz,
        Form::Interval,
        Form::Uuid,
    ];
    for form in forms {
        for length in [0, 1, 3, 7, 9, 17] {
            assert_eq!(written(form, &vec![0xff; length]), None, "{form:?} of {length} bytes");
        }
    }
    // A group that is announced and not there; a sign that is none.
    assert_eq!(written(Form::Numeric, &[0, 1, 0, 0, 0, 0, 0, 0]), None);
    assert_eq!(written(Form::Numeric, &[0, 0, 0, 0, 1, 0, 0, 0]), None);
}

#[test]
fn dates_at_the_ends_of_the_calendar() {
    let date = |days: i32| written(Form::Date, &days.to_be_bytes()).unwrap();
    assert_eq!(date(0), "2000-01-01");
    assert_eq!(date(-1), "1999-12-31");
    assert_eq!(date(59), "2000-02-29");
    assert_eq!(date(-2_451_545), "-4713-11-24");
    assert_eq!(date(2_145_031_948), "+5874897-12-31");
    assert_eq!(date(i32::MAX), "infinity");
    let time = |micros: i64| written(Form::TimestampTz, &micros.to_be_bytes()).unwrap();
    assert_eq!(time(-1), "1999-12-31T23:59:59.999999+00:00");
    assert_eq!(time(i64::MIN), "-infinity");
}

#[test]
fn floats_print_as_they_did() {
    for float in [0.1_f32, -1.5e-45, f32::MAX, f32::MIN_POSITIVE, 16_777_216.0, -0.0] {
        assert_eq!(widened(float).to_string(), float.to_string());
        assert_eq!(widened(float) as f32, float);
    }
    assert!(widened(f32::NAN).is_nan());
    assert_eq!(widened(f32::NEG_INFINITY), f64::NEG_INFINITY);
}
