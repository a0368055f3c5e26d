//! Page after page: a listing that goes on by its cursor, row by row.

use super::filter::Filter;
use super::store::Page;

/// Rows asked for at a time: few are held, however many there are.
const ROWS_A_PAGE: usize = 1000;

/// Hands `each` row of a listing over, from the filter's cursor up to its limit, or all. Returns the cursor
/// where the limit left some.
pub fn each_row<R, E>(
    filter: &Filter,
    ask: impl Fn(&Filter) -> Result<Page<R>, E>,
    mut each: impl FnMut(R) -> Result<(), E>,
) -> Result<Option<String>, E> {
    let mut filter = filter.clone();
    let mut left = filter.limit.unwrap_or(usize::MAX);
    loop {
        filter.limit = Some(left.min(ROWS_A_PAGE));
        let Page { rows, next, .. } = ask(&filter)?;
        left = left.saturating_sub(rows.len());
        rows.into_iter().try_for_each(&mut each)?;
        if next.is_none() || left == 0 {
            return Ok(next);
        }
        filter.cursor = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers below `count`, as a listing; its cursor is the next number.
    fn below(count: usize) -> impl Fn(&Filter) -> Result<Page<usize>, String> {
        move |filter| {
            let from = filter.cursor.as_ref().map_or(0, |cursor| cursor.parse().unwrap());
            let to = count.min(from + filter.limit.unwrap());
            let next = (to < count).then(|| to.to_string());
            Ok(Page { rows: (from..to).collect(), truncated: next.is_some(), next })
        }
    }

    fn check(limit: Option<usize>, rows: usize, next: Option<&str>) {
        let mut told = Vec::new();
        let filter = Filter { limit, ..Filter::default() };
        let end = each_row(&filter, below(2500), |row| {
            told.push(row);
            Ok(())
        });
        assert_eq!(end.unwrap().as_deref(), next);
        assert_eq!(told, (0..rows).collect::<Vec<_>>());
    }

    #[test]
    fn all_pages_are_walked_and_the_limit_holds() {
        check(None, 2500, None);
        check(Some(1700), 1700, Some("1700"));
        check(Some(2500), 2500, None);
    }

    #[test]
    fn whoever_takes_no_more_ends_it() {
        let mut taken = 0;
        let end = each_row(&Filter::default(), below(10), |_| {
            taken += 1;
            if taken == 3 { Err("enough".to_string()) } else { Ok(()) }
        });
        assert_eq!((end, taken), (Err("enough".to_string()), 3));
    }
}
