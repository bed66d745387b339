//! Work on many things at once, with results in the order of the things.

use std::cmp::Ordering;
use std::panic::resume_unwind;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::thread::{self, Scope, ScopedJoinHandle};

/// Does work for every item, on as many threads as the machine has and as are worth it: no thread
/// for fewer than `worth` items. Whichever thread is free takes the next item; the results come in
/// the order of the items, so that nothing shows how many threads there were. The caller is one of them.
///
/// A panic of the work goes on in the caller.
pub fn side_by_side<T: Sync, R: Send>(items: &[T], worth: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len() / worth.max(1));
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let turn = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(item)));
        }
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let running: Vec<_> = (1..threads).filter_map(|_| begun(scope, turn)).collect();
        let own = turn();
        let others = running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined(std::iter::once(own).chain(others).collect())
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does work that can fail for every item, as [`side_by_side`] does; after an error nothing more is begun.
///
/// # Errors
/// That of the first item, in their order, for which it fails: items are begun in their order, so it
/// was begun before any other that failed could stop it.
pub fn all_or_none<T: Sync, R: Send, E: Send>(
    items: &[T],
    worth: usize,
    work: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let has_failed = AtomicBool::new(false);
    let results = side_by_side(items, worth, |item| {
        if has_failed.load(Relaxed) {
            return None;
        }
        let result = work(item);
        if result.is_err() {
            has_failed.store(true, Relaxed);
        }
        Some(result)
    });
    results.into_iter().flatten().collect()
}

/// Does work for items a piece of the list at a time, side by side; the results of all pieces in the
/// order of the items. For work that is too small to be handed out item by item, or that shares
/// something from one item to the next.
pub fn in_pieces<T: Sync, R: Send>(items: &[T], size: usize, work: impl Fn(&[T]) -> Vec<R> + Sync) -> Vec<R> {
    let pieces: Vec<&[T]> = items.chunks(size.max(1)).collect();
    let exact = |mut results: Vec<R>| {
        results.shrink_to_fit();
        results
    };
    joined(side_by_side(&pieces, 1, |piece| exact(work(piece))))
}

/// Sorts as [`slice::sort_by`] does: a part on every thread, and then the parts, which are runs by then.
/// No thread for fewer than `worth` items.
pub fn sort_by<T: Send>(items: &mut [T], worth: usize, compare: impl Fn(&T, &T) -> Ordering + Sync) {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len() / worth.max(1)).max(1);
    let size = items.len().div_ceil(threads);
    if threads > 1 {
        thread::scope(|scope| {
            let (own, others) = items.split_at_mut(size);
            for part in others.chunks_mut(size) {
                // A part that no thread sorts is sorted with all others.
                begun(scope, || part.sort_by(&compare));
            }
            own.sort_by(&compare);
        });
    }
    items.sort_by(compare);
}

/// Lists as one, in their order, with room for what they hold and no more.
pub fn joined<T>(lists: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    for list in lists {
        all.extend(list);
    }
    all
}

/// Begins work on a thread of its own; nothing where the system has no thread left to give, which is no error:
/// whoever asked has threads for speed only.
pub fn begun<'s, R: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> R + Send + 's,
) -> Option<ScopedJoinHandle<'s, R>> {
    thread::Builder::new().spawn_scoped(scope, work).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1_000).collect();
        let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
        assert_eq!(side_by_side(&items, 1, |item| item * 2), doubled);
        assert_eq!(side_by_side(&items, 10_000, |item| item * 2), doubled);
        assert!(side_by_side(&[], 1, |(): &()| ()).is_empty());
    }

    #[test]
    fn what_is_equal_keeps_its_order_however_many_sort() {
        let items: Vec<(usize, usize)> = (0..10_000).map(|at| (at * 7_919 % 101, at)).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|(key, _)| *key);
        for worth in [1, 1_000, 100_000] {
            let mut sorted = items.clone();
            sort_by(&mut sorted, worth, |(one, _), (other, _)| one.cmp(other));
            assert_eq!(sorted, expected, "{worth}");
        }
        sort_by(&mut [], 1, |(): &(), ()| Ordering::Equal);
    }

    #[test]
    fn after_an_error_nothing_is_begun_and_the_first_is_told() {
        let items: Vec<usize> = (0..10_000).collect();
        let begun = AtomicUsize::new(0);
        let work = |fails: usize| {
            let begun = &begun;
            move |item: &usize| {
                begun.fetch_add(1, Relaxed);
                if *item % 100 >= fails { Err(*item) } else { Ok(*item) }
            }
        };
        assert_eq!(all_or_none(&items, 1, work(100)).as_ref(), Ok(&items));
        begun.store(0, Relaxed);
        assert_eq!(all_or_none(&items, 1, work(90)), Err(90));
        assert!(begun.into_inner() < items.len());
        assert_eq!(all_or_none(&items[..0], 1, |_| Err::<(), _>(())), Ok(Vec::new()));
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn a_panic_goes_on_in_the_caller() {
        side_by_side(&[1, 2, 3], 1, |item| assert!(*item != 3, "the third"));
    }
}
