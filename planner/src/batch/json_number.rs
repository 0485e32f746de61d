//! Numbers in a stored plan, so that they survive readers whose numbers are 64-bit floats, as JavaScript's are: beyond
//! 2^53 an integer is text, and so is a float that JSON cannot say. Hashes are always text. For `#[serde(with = …)]`.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

/// The largest integer below which a float tells all integers apart.
const LARGEST: i128 = (1 << 53) - 1;

/// An integer or text, as JSON has it.
#[derive(Deserialize)]
#[serde(untagged, expecting = "an integer, or an integer as text")]
enum Written {
    Unsigned(u64),
    Signed(i64),
    Text(String),
}

impl Written {
    fn read<T: TryFrom<i128>, E: serde::de::Error>(self) -> Result<T, E> {
        let integer = match self {
            Self::Unsigned(n) => i128::from(n),
            Self::Signed(n) => i128::from(n),
            Self::Text(text) => {
                let integer = text.parse::<i128>().map_err(|_| E::custom(format!("`{text}` is no integer")))?;
                return T::try_from(integer).map_err(|_| E::custom(format!("{integer} is out of range")));
            }
        };
        if integer.abs() > LARGEST {
            return Err(E::custom(format!(
                "{integer} may have been rounded: integers beyond 2^53 are written as text"
            )));
        }
        T::try_from(integer).map_err(|_| E::custom(format!("{integer} is out of range")))
    }
}

/// An integer.
pub(crate) mod integer {
    use super::*;

    pub(crate) fn serialize<T, S>(integer: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        T: Copy + TryInto<i128>,
        S: Serializer,
    {
        let integer: i128 = (*integer).try_into().map_err(|_| serde::ser::Error::custom("an integer of 128 bits"))?;
        match i64::try_from(integer) {
            Ok(small) if integer.abs() <= LARGEST => serializer.serialize_i64(small),
            _ => serializer.collect_str(&integer),
        }
    }

    pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        T: TryFrom<i128>,
        D: Deserializer<'de>,
    {
        Written::deserialize(deserializer)?.read()
    }
}

/// An integer, or null.
pub(crate) mod optional {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(integer: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
        match integer {
            Some(integer) => super::integer::serialize(integer, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
        Option::<Written>::deserialize(deserializer)?.map(Written::read).transpose()
    }
}

/// A hash: 16 hexadecimal digits.
pub(crate) mod hash {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(hash: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{hash:016x}"))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let hash = if digits { u64::from_str_radix(&text, 16).ok() } else { None };
        hash.ok_or_else(|| D::Error::custom(format!("`{text}` is no hash of 16 hexadecimal digits")))
    }
}

/// A float: text where it is not finite, or the negative zero, which JavaScript writes as `0`.
pub(crate) mod float {
    use super::*;

    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a number, or a number as text")]
    enum Written {
        Number(f64),
        Text(String),
    }

    pub(crate) fn serialize<S: Serializer>(float: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if float.is_finite() && (*float != 0.0 || float.is_sign_positive()) {
            serializer.serialize_f64(*float)
        } else {
            serializer.collect_str(float)
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Number(float) => Ok(float),
            Written::Text(text) => text.parse().map_err(|_| D::Error::custom(format!("`{text}` is no number"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct All {
        #[serde(with = "super::integer")]
        integer: i64,
        #[serde(with = "super::integer")]
        unsigned: u64,
        #[serde(with = "super::optional")]
        optional: Option<u64>,
        #[serde(with = "super::hash")]
        hash: u64,
        #[serde(with = "super::float")]
        float: f64,
    }

    #[test]
    fn numbers_come_back_and_large_ones_are_text() {
        let all = |integer, unsigned, optional, hash, float| All { integer, unsigned, optional, hash, float };
        for (all, json) in [
            (
                all(-1, 2, None, 3, 1.5),
                r#"{"integer":-1,"unsigned":2,"optional":null,"hash":"0000000000000003","float":1.5}"#,
            ),
            (
                all(i64::MIN, u64::MAX, Some(1 << 53), u64::MAX, -0.0),
                r#"{"integer":"-9223372036854775808","unsigned":"18446744073709551615","optional":"9007199254740992","hash":"ffffffffffffffff","float":"-0"}"#,
            ),
            (
                all(1 - (1 << 53), (1 << 53) - 1, Some(0), 0, f64::NEG_INFINITY),
                r#"{"integer":-9007199254740991,"unsigned":9007199254740991,"optional":0,"hash":"0000000000000000","float":"-inf"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&all).unwrap(), json);
            let read: All = serde_json::from_str(json).unwrap();
            assert_eq!((&read, read.float.is_sign_negative()), (&all, all.float.is_sign_negative()));
        }
    }

    #[test]
    fn what_may_have_been_rounded_is_refused() {
        let written = r#"{"integer":1,"unsigned":2,"optional":3,"hash":"0000000000000003","float":1.5}"#;
        for (name, value) in [
            ("\"integer\":1", "\"integer\":9007199254740992"),
            ("\"integer\":1", "\"integer\":-9223372036854775808"),
            ("\"integer\":1", "\"integer\":\"9223372036854775808\""),
            ("\"integer\":1", "\"integer\":1.5"),
            ("\"unsigned\":2", "\"unsigned\":-1"),
            ("\"unsigned\":2", "\"unsigned\":18446744073709551615"),
            ("\"optional\":3", "\"optional\":1e300"),
            ("\"hash\":\"0000000000000003\"", "\"hash\":3"),
            ("\"hash\":\"0000000000000003\"", "\"hash\":\"+000000000000003\""),
            ("\"float\":1.5", "\"float\":\"x\""),
        ] {
            let json = written.replace(name, value);
            assert!(json != written && serde_json::from_str::<All>(&json).is_err(), "{json}");
        }
    }
}
