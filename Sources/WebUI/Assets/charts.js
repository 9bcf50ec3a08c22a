// Charts that can be zoomed, in the place of the drawings. It comes only where the system has dygraphs; without it, or
// without this file, the drawings stay.
"use strict";

(() => {
  const dashes = [null, [6, 3], [2, 3], [9, 3, 2, 3], [12, 4], [1, 4], [14, 3, 2, 3, 2, 3], [4, 2]];
  const lang = document.documentElement.lang;
  const number = new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 });
  const two = (value) => String(value).padStart(2, "0");
  // Its own legend writes style attributes, which our pages forbid.
  const plugins = Dygraph.PLUGINS.filter((plugin) => plugin !== Dygraph.Plugins.Legend);
  Dygraph.PLUGINS.splice(0, Dygraph.PLUGINS.length, ...plugins);

  const scales = {
    seconds: [[86400, "d"], [3600, "h"], [120, "min", 60], [1, "s"], [1e-3, "ms"], [1e-6, "µs"]],
    bytes: [[2 ** 50, "PiB"], [2 ** 40, "TiB"], [2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"], [1, "B"]],
  };

  function say(value, unit) {
    if (!Number.isFinite(value)) return "–";
    if (unit === "ratio") return `${number.format(value * 100)}\u202f%`;
    if (unit === "count") return number.format(value);
    const scale = unit === "seconds" ? scales.seconds : scales.bytes;
    const rate = unit === "bytesPerSecond" ? "/s" : "";
    if (value === 0) return unit === "seconds" ? "0 s" : `0 B${rate}`;
    const [size, name, by] = scale.find(([least]) => Math.abs(value) >= least * 0.9995) || scale[scale.length - 1];
    return `${number.format(value / (by || size))} ${name}${rate}`;
  }

  function stepOf(raw, unit) {
    if (unit.startsWith("bytes")) return 2 ** Math.ceil(Math.log2(raw));
    if (unit === "seconds" && raw > 20) {
      const found = [30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 21600, 43200].find((step) => step >= raw);
      return found || Math.ceil(raw / 86400) * 86400;
    }
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999999);
    return unit === "count" ? Math.max(1, step) : step;
  }

  // Round steps of the unit, as on the drawing.
  function ticker(unit) {
    return (low, high) => {
      const step = stepOf((high - low) / 5 || 1, unit);
      const ticks = [];
      for (let place = Math.ceil(low / step - 1e-9); place * step <= high + step * 1e-6; place += 1) {
        const value = place * step + 0; // Never −0.
        ticks.push({ v: value, label: say(value, unit) });
      }
      return ticks;
    };
  }

  // Times are moved to the offset of the page and then read as UTC, so that the browser's own zone has no say.
  function dayOf(date) {
    const [day, month] = [two(date.getUTCDate()), two(date.getUTCMonth() + 1)];
    return lang === "vi" ? `${day}/${month}` : `${month}-${day}`;
  }

  function clockOf(date, withSeconds) {
    return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${withSeconds ? `:${two(date.getUTCSeconds())}` : ""}`;
  }

  function timeLabel(date, granularity) {
    const at = new Date(date);
    const midnight = at.getUTCHours() + at.getUTCMinutes() + at.getUTCSeconds() === 0;
    if (granularity >= Dygraph.Granularity.DAILY || midnight) return dayOf(at);
    return clockOf(at, granularity < Dygraph.Granularity.MINUTELY);
  }

  // Rows of one time each. What is null has no point there; what is NaN breaks the line, because nothing was measured.
  function rowsOf(chart, offset) {
    const hasBands = chart.lines.some((line) => line.runs.some((run) => run.some((point) => point.length > 2)));
    const cell = ([, value, low = value, high = value]) => (hasBands ? [low, value, high] : value);
    const rows = new Map();
    const put = (seconds, place, value) => {
      const time = (seconds + offset) * 1000;
      if (!rows.has(time)) rows.set(time, [time, ...chart.lines.map(() => null)]);
      rows.get(time)[place + 1] = value;
    };
    chart.lines.forEach((line, place) => {
      line.runs.forEach((run, index) => {
        run.forEach((point) => put(point[0], place, cell(point)));
        const next = line.runs[index + 1];
        if (next) put((run[run.length - 1][0] + next[0][0]) / 2, place, hasBands ? [NaN, NaN, NaN] : NaN);
      });
    });
    return { hasBands, rows: [...rows.values()].sort((a, b) => a[0] - b[0]) };
  }

  // A colour of the stylesheet as the canvas wants it, in the theme that shows now.
  function colour(figure, name) {
    const probe = document.createElement("i");
    probe.className = `probe ${name}`;
    figure.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  function coloursOf(figure, chart) {
    return {
      colors: chart.lines.map((_, place) => colour(figure, `s${place % 8}`)),
      gridLineColor: colour(figure, "rule"), axisLineColor: colour(figure, "edge"),
    };
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    made.className = className;
    made.append(...children);
    return made;
  }

  const live = new Map();

  function reading(entry) {
    const { figure } = entry;
    const chart = () => entry.data;
    const box = figure.querySelector(".reading");
    return {
      show(event, x, points) {
        const at = new Date(x);
        const { from, to, unit } = chart();
        // Lines that were measured at other moments are read where they are nearest, unless that is far.
        const lines = chart().lines.flatMap((line, place) => {
          let [best, distance] = [null, (to - from) / 50];
          for (const point of line.runs.flat()) {
            const away = Math.abs((point[0] + entry.offset) * 1000 - x) / 1000;
            if (away < distance) [best, distance] = [point, away];
          }
          if (!best) return [];
          const key = element("span", `key s${place % 8}`);
          return [element("li", "", key, `${line.name} `, element("b", "", say(best[1], unit)))];
        });
        box.replaceChildren(element("time", "", `${dayOf(at)} ${clockOf(at, true)}`), element("ul", "", ...lines));
        const isLeft = (points[0] ? points[0].canvasx : 0) > box.parentElement.clientWidth / 2;
        box.classList.toggle("left", isLeft);
        box.hidden = lines.length === 0;
      },
      hide() { box.hidden = true; },
    };
  }

  // One finger scrolls the page and reads values; two zoom and move.
  function interaction() {
    const usual = Dygraph.defaultInteractionModel;
    const read = (event, graph) => {
      const touch = event.touches[0];
      const box = graph.graphDiv.getBoundingClientRect();
      const row = graph.findClosestRow(touch.clientX - box.left);
      if (row !== null && row >= 0) graph.setSelection(row, undefined, false, true);
    };
    return {
      ...usual,
      touchstart(event, graph, context) {
        if (event.touches.length > 1) usual.touchstart(event, graph, context);
        else read(event, graph);
      },
      touchmove(event, graph, context) {
        if (event.touches.length > 1 && context.initialTouches) usual.touchmove(event, graph, context);
        else if (event.touches.length === 1) read(event, graph);
      },
      touchend(event, graph, context) {
        if (event.touches.length === 0) context.initialTouches = null;
      },
    };
  }

  function options(entry) {
    const chart = entry.data;
    const { hasBands, rows } = rowsOf(chart, entry.offset);
    return {
      file: rows, customBars: hasBands, labels: ["time", ...chart.lines.map((_, place) => String(place))],
      dateWindow: entry.zoom || [(chart.from + entry.offset) * 1000, (chart.to + entry.offset) * 1000],
      ...coloursOf(entry.figure, chart),
      series: Object.fromEntries(chart.lines.map((_, place) => [String(place), { strokePattern: dashes[place % 8] }])),
      axes: {
        x: { ticker: Dygraph.dateTicker, axisLabelFormatter: timeLabel, pixelsPerLabel: 64, axisLabelWidth: 60 },
        y: { ticker: ticker(chart.unit), axisLabelWidth: 58 },
      },
    };
  }

  function upgrade(figure, part, chart, offset) {
    const drawing = figure.querySelector(".chart-drawing");
    if (!drawing) return;
    const canvas = element("div", "plot");
    const box = element("div", "reading");
    box.hidden = true;
    const reset = element("button", "reset", part.dataset.reset);
    reset.type = "button";
    reset.hidden = true;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", drawing.querySelector("desc").textContent);
    canvas.title = part.dataset.drag;
    const frame = element("div", "zoomable", canvas, box);
    drawing.before(frame);
    figure.querySelector("figcaption").append(reset);
    const entry = { figure, data: chart, offset, zoom: null };
    const hover = reading(entry);
    const isWhole = ([low, high]) => Math.abs(low - (entry.data.from + offset) * 1000) < 1000
      && Math.abs(high - (entry.data.to + offset) * 1000) < 1000;
    entry.graph = new Dygraph(canvas, options(entry).file, {
      ...options(entry), labelsUTC: true, connectSeparatedPoints: true, includeZero: true, strokeWidth: 1.6,
      fillAlpha: 0.16, rightGap: 8, drawGapEdgePoints: true, highlightCircleSize: 3,
      animatedZooms: false, interactionModel: interaction(), xRangePad: 0,
      highlightCallback: hover.show, unhighlightCallback: hover.hide,
      zoomCallback: (low, high) => settle(low, high),
      drawCallback: (graph, isFirst) => { if (!isFirst) settle(...graph.xAxisRange()); },
    });
    function settle(low, high) {
      entry.zoom = isWhole([low, high]) ? null : [low, high];
      reset.hidden = entry.zoom === null;
    }
    function whole() {
      entry.zoom = null;
      reset.hidden = true;
      entry.graph.updateOptions(options(entry));
    }
    reset.addEventListener("click", whole);
    // The whole is the span of the page, which may begin before the first value.
    canvas.addEventListener("dblclick", (event) => { event.stopImmediatePropagation(); whole(); }, true);
    drawing.setAttribute("hidden", "");
    live.set(figure.dataset.chart, entry);
  }

  async function fetchCharts(part) {
    const answer = await fetch(part.dataset.series, { cache: "no-store", signal: AbortSignal.timeout(10000) });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    return answer.json();
  }

  // Figures of the page as it stands now: charts that are there get new figures, and keep their zoom; new drawings
  // become charts.
  async function start() {
    const part = document.querySelector("[data-series]");
    if (!part || !part.querySelector("[data-chart]")) return;
    const answer = await fetchCharts(part);
    for (const figure of part.querySelectorAll("[data-chart]")) {
      const chart = answer.charts.find((each) => each.key === figure.dataset.chart);
      if (!chart) continue;
      const entry = live.get(chart.key);
      if (!entry) {
        upgrade(figure, part, chart, answer.offset);
        continue;
      }
      entry.data = chart;
      entry.graph.updateOptions(options(entry));
    }
  }

  // Charts go over into the answer that takes the page's place; the tables beside them are the answer's.
  window.chartsMove = (fresh) => {
    for (const [key, entry] of live) {
      const place = fresh.querySelector(`[data-chart="${key}"]`);
      if (!place) {
        entry.graph.destroy();
        live.delete(key);
        continue;
      }
      const [table, was] = [place.querySelector("details .scroll"), entry.figure.querySelector("details .scroll")];
      if (table && was) was.replaceChildren(...table.childNodes);
      place.replaceWith(entry.figure);
    }
  };

  window.chartsBegin = () => start().catch(() => {});

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const entry of live.values()) entry.graph.updateOptions(coloursOf(entry.figure, entry.data));
  });

  window.chartsBegin();
})();
