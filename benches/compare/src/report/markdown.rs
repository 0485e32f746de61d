//! The report as a page: one table for each form and run.

use super::{Cell, Loaded, Outcome, Report, Run};
use crate::peer::Form;
use std::fmt::{Result, Write};

/// The page.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut page = String::new();
    // Writing to a string never fails.
    let _ = write(&mut page, report);
    page
}

fn write(page: &mut String, report: &Report) -> Result {
    let Report { machine, date, commit, versions, absent, runs } = report;
    writeln!(page, "# Posts with their author and tags, by everybody\n")?;
    writeln!(page, "{machine}. {date}, commit {commit}. Written by `./run`; see README.md for what is measured.\n")?;
    for line in versions {
        writeln!(page, "* {line}")?;
    }
    for line in absent {
        writeln!(page, "* **Not here:** {line}")?;
    }
    writeln!(page, "\n![medians and ratios](results.svg)\n")?;
    writeln!(page, "Medians in milliseconds, with the ratio to the load by hand; `-` where there is nothing to load.")?;
    for (number, run) in runs.iter().enumerate() {
        if runs.len() > 1 {
            writeln!(page, "\n# Run {} of {}", number + 1, runs.len())?;
        }
        for (form, title) in [(Form::Keyed, "All posts but one (keyed)"), (Form::Whole, "All posts (whole tables)")] {
            writeln!(page, "\n## {title}\n")?;
            times(page, run, form)?;
            if number == 0 {
                writeln!(page, "\nStatements sent, and allocations for each post:\n")?;
                counts(page, run, form)?;
            }
        }
        failures(page, run)?;
        demands(page, run)?;
    }
    Ok(())
}

fn times(page: &mut String, run: &Run, form: Form) -> Result {
    table(page, run, form, |cell| match &cell.outcome {
        Outcome::Loaded(Loaded { median_ms, ratio, loads, .. }) => {
            let few = if *loads < 5 { format!(" ({loads} loads)") } else { String::new() };
            format!("{} · {ratio:.2}{few}", milliseconds(*median_ms))
        }
        Outcome::Failed(_) => "**fails**".to_owned(),
    })
}

fn counts(page: &mut String, run: &Run, form: Form) -> Result {
    table(page, run, form, |cell| {
        let Some(Loaded { statements, allocations, .. }) = cell.loaded() else { return "**fails**".to_owned() };
        let statements = statements.map_or("?".to_owned(), |n| n.to_string());
        let allocations = allocations.map_or(String::new(), |n| format!(" · {n:.2}"));
        format!("{statements}{allocations}")
    })
}

fn table(page: &mut String, run: &Run, form: Form, show: impl Fn(&Cell) -> String) -> Result {
    let sizes = run.sizes(form);
    write!(page, "| posts |")?;
    sizes.iter().try_for_each(|posts| write!(page, " {posts} |"))?;
    write!(page, "\n|---|")?;
    sizes.iter().try_for_each(|_| write!(page, "---:|"))?;
    for peer in run.peers(form) {
        write!(page, "\n| {peer} |")?;
        for posts in &sizes {
            write!(page, " {} |", run.cell(form, *posts, peer).map_or("-".to_owned(), &show))?;
        }
    }
    writeln!(page)
}

fn failures(page: &mut String, run: &Run) -> Result {
    let failed = |cell: &Cell| match &cell.outcome {
        Outcome::Failed(error) => {
            Some((format!("{}, {}, {} posts", cell.peer, cell.form.name(), cell.posts), error.clone()))
        }
        Outcome::Loaded(_) => None,
    };
    let failed: Vec<(String, String)> = run.cells.iter().filter_map(failed).collect();
    if failed.is_empty() {
        return Ok(());
    }
    writeln!(page, "\n## What fails\n")?;
    failed.iter().try_for_each(|(cell, error)| writeln!(page, "* {cell}: `{}`", error.replace('`', "'")))
}

fn demands(page: &mut String, run: &Run) -> Result {
    writeln!(page, "\n## What is demanded\n\n| demand | measured | |\n|---|---:|---|")?;
    for verdict in &run.verdicts {
        let met = if verdict.met { "met" } else { "**missed**" };
        writeln!(page, "| {} | {} | {met} |", verdict.demand, verdict.measured)?;
    }
    writeln!(page, "\n## Beside the best load by hand of each size\n\n| | ratio |\n|---|---:|")?;
    run.best_by_hand.iter().try_for_each(|note| writeln!(page, "| {} | {} |", note.what, note.measured))
}

/// Three digits at least.
fn milliseconds(ms: f64) -> String {
    match ms {
        ..1.0 => format!("{ms:.4}"),
        ..10.0 => format!("{ms:.2}"),
        ..100.0 => format!("{ms:.1}"),
        _ => format!("{ms:.0}"),
    }
}
