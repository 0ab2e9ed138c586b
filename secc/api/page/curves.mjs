import uPlot from "/page/uplot.mjs";

/** Milliseconds that are shown. */
const span = 120_000;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Volts on the left, amperes on the right, percent on a scale of its own without an axis. */
export function curves(box) {
  const columns = [[], [], [], []];
  const grid = { stroke: () => colour("--line"), width: 1 };
  const ink = () => colour("--quiet");
  const line = (label, unit, scale, name, fill) => ({
    label,
    scale,
    stroke: () => colour(name),
    fill,
    width: 2,
    points: { show: false },
    value: (_, value) => (value == null ? "–" : `${value.toFixed(1)} ${unit}`),
  });
  const plot = new uPlot(
    {
      width: Math.max(240, box.clientWidth),
      height: box.clientWidth < 500 ? 220 : 290,
      scales: {
        x: { time: false },
        V: { range: (_, __, top) => [0, Math.max(100, top * 1.1)] },
        A: { range: (_, __, top) => [0, Math.max(10, top * 1.25)] },
        "%": { range: [0, 100] },
      },
      series: [
        { label: "t", value: (_, value) => (value == null ? "–" : `${value.toFixed(1)} s`) },
        line("V", "V", "V", "--volts"),
        line("A", "A", "A", "--amperes"),
        { ...line("SOC", "%", "%", "--soc"), dash: [6, 4] },
      ],
      axes: [
        { stroke: ink, grid, ticks: grid, values: (_, list) => list.map((value) => `${value} s`) },
        {
          scale: "V",
          stroke: () => colour("--volts"),
          grid,
          ticks: grid,
          size: 52,
          values: (_, list) => list.map((v) => `${v} V`),
        },
        {
          scale: "A",
          side: 1,
          stroke: () => colour("--amperes"),
          grid: { show: false },
          ticks: grid,
          size: 52,
          values: (_, list) => list.map((v) => `${v} A`),
        },
      ],
    },
    columns,
    box,
  );
  new ResizeObserver(() =>
    plot.setSize({ width: Math.max(240, box.clientWidth), height: box.clientWidth < 500 ? 220 : 290 }),
  ).observe(box);
  let last = 0;
  const draw = () => {
    const shown = columns[0].map((t) => (t - last) / 1000);
    plot.setData([shown, columns[1], columns[2], columns[3]]);
    if (plot.cursor.idx == null) plot.setLegend({ idx: shown.length - 1 });
    plot.setScale("x", { min: -Math.min(span, Math.max(30_000, last - (columns[0][0] ?? last))) / 1000, max: 0 });
  };
  return {
    clear: () => {
      for (const column of columns) column.length = 0;
    },
    /** @param points lists of [ms, volts, amperes, percent or null] */
    add: (points) => {
      for (const point of points) for (const at of [0, 1, 2, 3]) columns[at].push(point[at]);
      last = columns[0].at(-1) ?? 0;
      while (columns[0].length > 0 && columns[0][0] < last - span) for (const column of columns) column.shift();
      draw();
    },
  };
}
