//! The fuzz targets on fixed inputs: their seeds, and bytes that a simple generator changes.

use eagerly_tests::fuzz::{oracle, simulate, spec_text};

/// A linear congruential generator (Knuth's MMIX): enough to move bytes about, and the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

#[test]
fn texts_are_specifications_or_errors() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds/spec_text");
    let mut seeds: Vec<_> =
        std::fs::read_dir(seeds).unwrap().map(|e| std::fs::read(e.unwrap().path()).unwrap()).collect();
    seeds.sort();
    assert!(seeds.len() >= 27);
    let mut numbers = Numbers(1);
    for seed in &seeds {
        spec_text(seed);
        for _ in 0..100 {
            let mut text = seed.clone();
            for _ in 0..=numbers.next(4) {
                let at = numbers.next(text.len());
                match numbers.next(3) {
                    0 => drop(text.remove(at)),
                    1 => text.insert(at, b"{}()[]:,\"@$!-.09aelz "[numbers.next(21)]),
                    _ => {
                        let other = numbers.next(text.len());
                        text.swap(at, other);
                    }
                }
            }
            spec_text(&text);
        }
    }
}

#[test]
fn bytes_seed_cases() {
    let mut numbers = Numbers(2);
    for length in [0, 1, 64, 4_096, 65_536] {
        let bytes: Vec<u8> = (0..length).map(|_| numbers.next(256) as u8).collect();
        oracle(&bytes);
    }
}

#[test]
fn bytes_are_histories() {
    let mut numbers = Numbers(3);
    for length in [0, 1, 8, 9, 64, 200, 4_096] {
        let bytes: Vec<u8> = (0..length).map(|_| numbers.next(256) as u8).collect();
        simulate(&bytes);
    }
}
