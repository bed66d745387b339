//! Long pages in parts: the rows of their tables shared out over pages that are quick to open.

use super::page::{Cell, Piece, Row, Rows, Table, joined};

/// About how many bytes the rows of a page may take; with the rest of a page that is under 100 KB.
const ROOM: usize = 60 * 1024;
/// How many pages before and after the one that is read are led to; and the first, and the last.
const NEAR: usize = 3;

/// The tables in pages: the first has all of them, with as many rows as it has room for; those that
/// follow have the rows left over. A table whose rows are led to stays whole.
pub(super) fn shared_out(mut tables: Vec<Table>) -> Vec<Vec<Table>> {
    let share = share(&tables).unwrap_or(usize::MAX);
    let mut more: Vec<Vec<Table>> = Vec::new();
    for table in tables.iter_mut().filter(|table| may_split(table)) {
        let mut left = table.rows.here.len();
        let mut portions = portions(std::mem::take(&mut table.rows.here), share).into_iter();
        let mut take = |here: Vec<Row>| {
            left -= here.len();
            Rows { here, left }
        };
        table.rows = take(portions.next().unwrap_or_default());
        for (at, portion) in portions.enumerate() {
            if more.len() == at {
                more.push(Vec::new());
            }
            let (title, columns) = (table.title.clone(), table.columns.clone());
            more[at].push(Table { title, lead: String::new(), columns, rows: take(portion), ..*table });
        }
    }
    more.insert(0, tables);
    more
}

/// The name of a part of a page; the first has the page's own.
pub(super) fn name(page: &str, part: usize) -> String {
    let stem = stem(page);
    if part == 1 { page.to_owned() } else { format!("{stem}.{part}.html") }
}

/// What the names of the parts of a page have in common: no id has a dot.
pub(super) fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Links from a part to the others: the first, the last and those near it.
pub(super) fn links(page: &str, here: usize, count: usize) -> Cell {
    if count == 1 {
        return Vec::new();
    }
    let is_shown = |part: &usize| *part == 1 || *part == count || part.abs_diff(here) <= NEAR;
    joined((1..=count).filter(is_shown).map(|part| {
        let text = part.to_string();
        if part == here { Piece::text(format!("page {text} of {count}")) } else { Piece::link(text, name(page, part)) }
    }))
}

/// Whether the tables need more than one page.
pub(super) fn is_long(tables: &[Table]) -> bool {
    share(tables).is_some()
}

fn may_split(table: &Table) -> bool {
    table.rows.here.iter().all(|row| row.id.is_none())
}

/// How much room each table gets where there is not enough for all: one that needs less leaves the
/// rest to the others.
fn share(tables: &[Table]) -> Option<usize> {
    let weight = |table: &Table| table.rows.here.iter().map(weight).sum::<usize>();
    let whole: usize = tables.iter().filter(|table| !may_split(table)).map(weight).sum();
    let mut weights: Vec<usize> = tables.iter().filter(|table| may_split(table)).map(weight).collect();
    weights.sort_unstable();
    let mut room = ROOM.saturating_sub(whole);
    for (at, weight) in weights.iter().enumerate() {
        let share = room / (weights.len() - at);
        if *weight > share {
            return Some(share);
        }
        room -= weight;
    }
    None
}

/// Rows in portions that fit; a row that fits nowhere has one of its own.
fn portions(rows: Vec<Row>, share: usize) -> Vec<Vec<Row>> {
    let mut portions: Vec<Vec<Row>> = Vec::new();
    let mut used = usize::MAX;
    for row in rows {
        let weight = weight(&row);
        used = used.saturating_add(weight);
        if used > share || portions.is_empty() {
            portions.push(Vec::new());
            used = weight;
        }
        if let Some(portion) = portions.last_mut() {
            portion.push(row);
        }
    }
    portions
}

/// About how many bytes a row takes on a page: what is read, where it leads, and the tags around it.
fn weight(row: &Row) -> usize {
    let piece = |piece: &Piece| piece.text.len() + piece.href.as_ref().map_or(0, String::len) + 32;
    row.cells.iter().map(|cell| 9 + cell.iter().map(piece).sum::<usize>()).sum::<usize>() + 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(id: &'static str, rows: usize) -> Table {
        let row = |at: usize| Row::new(vec![vec![Piece::text(format!("{at:0>1000}"))]]);
        let rows = (0..rows).map(row).collect();
        Table { title: id.to_owned(), id, lead: String::new(), columns: vec!["A"], rows, empty: "" }
    }

    fn counts(pages: &[Vec<Table>]) -> Vec<Vec<(&str, usize)>> {
        pages.iter().map(|tables| tables.iter().map(|table| (table.id, table.rows.here.len())).collect()).collect()
    }

    #[test]
    fn a_page_that_is_short_stays_one() {
        let pages = shared_out(vec![table("a", 20), table("b", 0), table("c", 20)]);
        assert_eq!(counts(&pages), [[("a", 20), ("b", 0), ("c", 20)]]);
    }

    #[test]
    fn a_long_table_goes_on_where_the_others_have_ended_and_loses_no_row() {
        let pages = shared_out(vec![table("a", 5), table("b", 130)]);
        assert_eq!(counts(&pages), [vec![("a", 5), ("b", 53)], vec![("b", 53)], vec![("b", 24)]]);
        assert_eq!(pages.iter().map(|tables| tables[tables.len() - 1].rows.left).collect::<Vec<_>>(), [77, 24, 0]);
    }

    #[test]
    fn rows_that_something_leads_to_stay_on_the_first_page() {
        let mut led = table("led", 90);
        led.rows.here[3].id = Some("here".to_owned());
        let pages = shared_out(vec![led, table("b", 2)]);
        assert_eq!(counts(&pages), [vec![("led", 90), ("b", 1)], vec![("b", 1)]]);
    }

    #[test]
    fn a_part_leads_to_the_ends_and_its_neighbours() {
        let text: String = links("a.html", 50, 100).into_iter().map(|piece| piece.text).collect();
        assert_eq!(text, "1, 47, 48, 49, page 50 of 100, 51, 52, 53, 100");
        assert_eq!((name("a.html", 1), name("a.html", 2)), ("a.html".to_owned(), "a.2.html".to_owned()));
        assert!(links("a.html", 1, 1).is_empty());
    }
}
