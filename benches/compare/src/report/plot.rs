//! The first run as a picture: medians and ratios over sizes, both logarithmic, a row for each form.

use super::{Report, Run};
use crate::peer::{Form, Role};
use anyhow::{Context, Result, anyhow};
use plotters::coord::Shift;
use plotters::prelude::*;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// What is drawn of a load.
#[derive(Clone, Copy)]
enum Figure {
    Median,
    Ratio,
}

/// A peer's line.
struct Line {
    name: String,
    role: Role,
    points: Vec<(f64, f64)>,
}

/// The SVG.
///
/// # Errors
/// Nothing to draw.
pub fn plot(report: &Report) -> Result<String> {
    let run = report.runs.first().context("nothing was measured")?;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (1480, 1040)).into_drawing_area();
        root.fill(&WHITE).map_err(drawing)?;
        let title = format!("Posts with author and tags from SQLite, {}, {}", report.date, report.commit);
        let root = root.titled(&title, ("sans-serif", 22)).map_err(drawing)?;
        let (panels, legend) = root.split_horizontally(1140);
        let panels = panels.split_evenly((2, 2));
        let forms = [(Form::Keyed, "all but one"), (Form::Whole, "all")];
        for (row, (form, which)) in forms.into_iter().enumerate() {
            panel(&panels[row * 2], run, form, Figure::Median, &format!("{which}: ms"))?;
            panel(&panels[row * 2 + 1], run, form, Figure::Ratio, &format!("{which}: times the load by hand"))?;
        }
        self::legend(&legend, run)?;
        root.present().map_err(drawing)?;
    }
    Ok(svg)
}

fn panel(area: &Area<'_>, run: &Run, form: Form, figure: Figure, caption: &str) -> Result<()> {
    let lines = lines(run, form, figure);
    let points = || lines.iter().flat_map(|line| &line.points);
    let (xs, ys) = (range(points().map(|p| p.0)), range(points().map(|p| p.1)));
    let (Some(xs), Some(ys)) = (xs, ys) else { return Ok(()) };
    let mut chart = ChartBuilder::on(area)
        .caption(caption, ("sans-serif", 17))
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(58)
        .build_cartesian_2d((xs.0 / 1.2..xs.1 * 1.2).log_scale(), (ys.0 / 1.3..ys.1 * 1.3).log_scale())
        .map_err(drawing)?;
    chart
        .configure_mesh()
        .x_desc("posts")
        .x_label_formatter(&|x| format!("{x}"))
        .y_label_formatter(&|y| format!("{y}"))
        .light_line_style(WHITE)
        .draw()
        .map_err(drawing)?;
    for line in lines {
        let (colour, width) = look(run, &line.name, line.role);
        chart.draw_series(LineSeries::new(line.points.iter().copied(), colour.stroke_width(width))).map_err(drawing)?;
        let dots = line.points.iter().map(|point| Circle::new(*point, width + 1, colour.filled()));
        chart.draw_series(dots).map_err(drawing)?;
    }
    Ok(())
}

fn legend(area: &Area<'_>, run: &Run) -> Result<()> {
    for (row, (name, role)) in names(run).into_iter().enumerate() {
        let y = 40 + 26 * i32::try_from(row)?;
        let (colour, width) = look(run, name, role);
        let line = PathElement::new(vec![(0, y), (26, y)], colour.stroke_width(width));
        area.draw(&line).map_err(drawing)?;
        let text = Text::new(name.to_owned(), (34, y - 8), ("sans-serif", 15));
        area.draw(&text).map_err(drawing)?;
    }
    Ok(())
}

fn lines(run: &Run, form: Form, figure: Figure) -> Vec<Line> {
    let line = |(name, role): (&str, Role)| {
        let cells = run.cells.iter().filter(|cell| cell.form == form && cell.peer == name);
        let points = cells.filter_map(|cell| {
            let loaded = cell.loaded()?;
            let y = match figure {
                Figure::Median => loaded.median_ms,
                Figure::Ratio => loaded.ratio,
            };
            Some((f64::from(cell.posts), y))
        });
        Line { name: name.to_owned(), role, points: points.collect() }
    };
    names(run).into_iter().map(line).collect()
}

/// All peers of a run, in the order of the tables.
fn names(run: &Run) -> Vec<(&str, Role)> {
    let mut names: Vec<(&str, Role)> = Vec::new();
    for cell in &run.cells {
        if !names.iter().any(|(name, _)| *name == cell.peer) {
            names.push((&cell.peer, cell.role));
        }
    }
    names.sort_by_key(|(_, role)| *role);
    names
}

/// Eagerly in red, by hand in black and grey, the peers in what the palette has, each the same in all panels.
fn look(run: &Run, name: &str, role: Role) -> (RGBColor, u32) {
    match role {
        Role::Eagerly => (RGBColor(214, 31, 31), 3),
        Role::EagerlyOwned => (RGBColor(244, 133, 120), 3),
        Role::Baseline => (BLACK, 2),
        Role::Floor => (RGBColor(110, 110, 110), 2),
        Role::ByHand => (RGBColor(70, 70, 70), 1),
        Role::BaselineOwned => (RGBColor(170, 170, 170), 2),
        Role::ByHandOwned => (RGBColor(190, 190, 190), 1),
        Role::Peer => {
            let peers = names(run).into_iter().filter(|(_, role)| *role == Role::Peer);
            let index = peers.map(|(name, _)| name).position(|peer| peer == name).unwrap_or_default();
            (PEERS[index % PEERS.len()], 1)
        }
    }
}

/// Blues for Diesel and sqlx, greens for SeaORM, and so on: neighbours in the table look alike.
const PEERS: [RGBColor; 11] = [
    RGBColor(31, 119, 180),
    RGBColor(120, 180, 230),
    RGBColor(0, 190, 200),
    RGBColor(20, 110, 40),
    RGBColor(60, 170, 60),
    RGBColor(150, 210, 110),
    RGBColor(150, 90, 40),
    RGBColor(120, 60, 170),
    RGBColor(190, 150, 220),
    RGBColor(200, 140, 0),
    RGBColor(240, 200, 60),
];

fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |range, value| match range {
        None => Some((value, value)),
        Some((least, most)) => Some((value.min(least), value.max(most))),
    })
}

fn drawing(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("cannot draw: {error}")
}
