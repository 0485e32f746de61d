//! Where the resolver is: the output keys from the root on.

/// Output keys, kept as the text that names them.
#[derive(Default)]
pub(super) struct Path {
    /// Joined by dots.
    text: String,
    /// Where each key ends.
    ends: Vec<usize>,
}

impl Path {
    pub(super) fn push(&mut self, key: &str) {
        if !self.ends.is_empty() {
            self.text.push('.');
        }
        self.text.push_str(key);
        self.ends.push(self.text.len());
    }

    pub(super) fn pop(&mut self) {
        self.ends.pop();
        self.text.truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// How many keys it has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Its first keys, so many.
    pub(super) fn first(&self, keys: usize) -> &str {
        let end = self.ends.get(keys.saturating_sub(1)).copied();
        &self.text[..end.unwrap_or(self.text.len())]
    }
}
