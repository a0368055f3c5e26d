//! Rows: vectors that were computed before, one for each key, in bounded room.
//!
//! Word frequencies are so uneven that the first few thousand words of a text make up most of what
//! follows. So rows are not put out one by one: when the room is full, further rows last for one
//! stretch of text only, and after many of those all is forgotten and gathered anew.

pub(super) struct RowCache {
    /// Numbers in a row.
    width: usize,
    /// Rows that are kept.
    capacity: usize,
    /// By key: its row plus one, or 0.
    slots: Vec<u32>,
    rows: Vec<f32>,
    used: usize,
    /// Keys whose rows go at the end of the stretch.
    passing: Vec<u32>,
    passed: usize,
}

impl RowCache {
    pub(super) fn new(width: usize, capacity: usize) -> RowCache {
        RowCache {
            width,
            capacity,
            slots: Vec::new(),
            rows: Vec::new(),
            used: 0,
            passing: Vec::new(),
            passed: 0,
        }
    }

    /// Forgets all rows: the keys mean other things from now on.
    pub(super) fn forget(&mut self) {
        self.slots = Vec::new();
        self.used = 0;
        self.passing.clear();
        self.passed = 0;
    }

    /// Begins another stretch, in which keys are below `keys`.
    pub(super) fn begin(&mut self, keys: usize) {
        for key in self.passing.drain(..) {
            self.slots[key as usize] = 0;
            self.used -= 1;
            self.passed += 1;
        }
        if self.passed > 8 * self.capacity {
            self.forget();
        }
        if self.slots.len() < keys {
            self.slots.resize(keys, 0);
        }
    }

    /// Makes room for the row of `key`; whether it has to be computed. New rows follow each other.
    pub(super) fn reserve(&mut self, key: u32) -> bool {
        let slot = &mut self.slots[key as usize];
        if *slot != 0 {
            return false;
        }
        self.used += 1;
        *slot = self.used as u32;
        if self.used > self.capacity {
            self.passing.push(key);
        }
        if self.rows.len() < self.used * self.width {
            self.rows.resize((self.used + 64) * self.width, 0.0);
        }
        true
    }

    /// The last `count` rows, to be written.
    pub(super) fn newest(&mut self, count: usize) -> &mut [f32] {
        &mut self.rows[(self.used - count) * self.width..self.used * self.width]
    }

    /// The row of a key that was reserved.
    pub(super) fn row(&self, key: u32) -> &[f32] {
        let row = self.slots[key as usize] as usize - 1;
        &self.rows[row * self.width..][..self.width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_beyond_the_capacity_last_for_one_stretch() {
        let mut cache = RowCache::new(1, 2);
        cache.begin(10);
        for key in [7, 8, 9] {
            assert!(cache.reserve(key));
            cache.newest(1)[0] = key as f32;
        }
        assert!(!cache.reserve(9));
        assert_eq!(cache.row(9), [9.0]);
        cache.begin(10);
        assert!(!cache.reserve(7) && !cache.reserve(8));
        assert!(cache.reserve(9));
    }
}
