// The behaviour of the page: charts, the threshold, the confusion matrix, lists and sorting.
// What comes from a server is only ever set as text.

const { charts, sections } = JSON.parse(document.getElementById("data").textContent);
const LISTED_AT_ONCE = 12;
const UNCERTAIN = "uncertain";
const ANOMALY = "anomaly";

const percent = (value) => (value === null || Number.isNaN(value) ? "–" : `${(100 * value).toFixed(1)} %`);
const count = (value) => value.toLocaleString("en-US");
const ratio = (part, whole) => (whole ? part / whole : null);
const mean = (values) => (values.length ? values.reduce((sum, each) => sum + (each ?? 0), 0) / values.length : null);
const short = (value) => String(Number(value.toPrecision(4)));

// --- Charts --------------------------------------------------------------------------------------------------

const views = new Map();

const INK = "currentColor";
const CONFIG = {
  font: "system-ui, sans-serif",
  view: { stroke: null },
  axis: { labelColor: INK, titleColor: INK, domainColor: INK, tickColor: INK, gridColor: INK, gridOpacity: 0.12, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
  legend: { columns: { expr: "max(1, floor(width / 130))" }, labelColor: INK, titleColor: INK, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
};

/** Draw a chart in its place, once. */
async function draw(place) {
  const name = place.dataset.chart;
  if (views.has(name) || !(name in charts)) {
    return;
  }
  const drawn = window.vegaEmbed(place, charts[name], {
    actions: false,
    ast: true,
    config: CONFIG,
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
  });
  views.set(name, drawn);
  const { view } = await drawn;
  // Another width wraps the legend otherwise, which takes another height.
  view.addSignalListener("width", () => view.runAfter(() => view.resize().runAsync()));
  place.dataset.drawn = "";
}

const nearby = new IntersectionObserver(
  (entries) => entries.filter((each) => each.isIntersecting).forEach((each) => draw(each.target)),
  { rootMargin: "400px" },
);
document.querySelectorAll("[data-chart]").forEach((place) => nearby.observe(place));
addEventListener("beforeprint", () => document.querySelectorAll("[data-chart]").forEach(draw));

// --- Sorting -------------------------------------------------------------------------------------------------

/** Return how two cells follow each other: numbers by value, then texts, and cells without a value last. */
function order(one, other) {
  if (one === "" || other === "") {
    return (one === "") - (other === "");
  }
  const [first, second] = [Number(one), Number(other)];
  return Number.isNaN(first) || Number.isNaN(second) ? one.localeCompare(other) : first - second;
}

function sortBy(table, column) {
  const head = table.tHead.rows[0].cells;
  const sign = head[column].getAttribute("aria-sort") === "ascending" ? -1 : 1;
  [...head].forEach((cell) => cell.setAttribute("aria-sort", "none"));
  head[column].setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
  const key = (row) => row.cells[column].dataset.value;
  const rows = [...table.tBodies[0].rows];
  const full = rows.filter((row) => key(row) !== "");
  const empty = rows.filter((row) => key(row) === "");
  full.sort((one, other) => sign * order(key(one), key(other)));
  table.tBodies[0].append(...full, ...empty);
}

document.querySelectorAll("table.sortable").forEach((table) => {
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    cell.querySelector("button").addEventListener("click", () => sortBy(table, column));
  });
});

// --- The list of windows -------------------------------------------------------------------------------------

class WindowList {
  constructor(root, data) {
    this.data = data;
    this.body = root.querySelector("[data-list]");
    this.title = root.querySelector("[data-list-title]");
    this.told = root.querySelector("[data-list-count]");
    this.all = root.querySelector("[data-all]");
    this.more = root.querySelector("[data-more]");
    this.more.addEventListener("click", () => this.fill());
    const table = root.querySelector(".list");
    table.classList.toggle("without-windows", data.listed.every(([, , place]) => !place));
    table.classList.toggle("without-times", data.listed.every(([, , , , end]) => !end));
  }

  /** List the windows of a cell, or all wrong ones. */
  show(cell) {
    const { labels, listed } = this.data;
    const name = (place) => (place === null ? "" : labels[place]);
    this.rows = listed.filter(([, , , , , expected, decided]) =>
      cell ? name(expected) === cell.expected && name(decided) === cell.decided : expected !== decided,
    );
    this.title.textContent = cell
      ? `Windows of ${cell.expected} that are decided as ${cell.decided}`
      : "Wrong windows";
    this.total = cell ? cell.windows : this.wrong;
    this.all.hidden = !cell;
    this.shown = 0;
    this.body.replaceChildren();
    this.fill();
  }

  fill() {
    const next = this.rows.slice(this.shown, this.shown + LISTED_AT_ONCE);
    this.shown += next.length;
    this.body.append(...next.map((row) => this.row(row)));
    this.more.hidden = this.shown >= this.rows.length;
    const rest = this.rows.length < this.total ? `; the page has ${count(this.rows.length)} of them` : "";
    this.told.textContent = `${count(this.shown)} of ${count(this.total)} windows are listed${rest}.`;
  }

  row([sample, file, place, start, end, expected, decided, confidence]) {
    const { labels, link } = this.data;
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    const anchor = document.createElement("a");
    anchor.href = link[0] + sample + link[1];
    anchor.textContent = sample;
    anchor.rel = "noopener noreferrer";
    anchor.target = "_blank";
    head.append(anchor);
    row.append(head);
    const span = end ? `${short(start)} – ${short(end)}` : "";
    const texts = [file ?? "", place ?? "", span, labels[expected] ?? "", labels[decided] ?? "", confidence === null ? "" : confidence.toFixed(3)];
    texts.forEach((text, column) => {
      const cell = document.createElement("td");
      cell.textContent = text;
      cell.classList.toggle("number", [1, 2, 5].includes(column));
      row.append(cell);
    });
    return row;
  }
}

// --- The confusion matrix ------------------------------------------------------------------------------------

class Matrix {
  constructor(root, data, list) {
    this.data = data;
    this.list = list;
    this.buttons = [...root.querySelectorAll("[data-matrix] button")];
    this.columns = data.columns.length;
    this.counts = this.buttons.map((each) => Number(each.querySelector("span").textContent.replaceAll(",", "")));
    this.original = [...this.counts];
    this.table = root.querySelector("[data-matrix]");
    this.buttons[0].tabIndex = 0;
    this.table.addEventListener("keydown", (event) => this.move(event));
    this.table.addEventListener("click", (event) => this.choose(event.target.closest("button")));
    list?.all.addEventListener("click", () => this.choose(null));
    if (list) {
      list.wrong = this.wrong(this.original);
      list.show(null);
    }
  }

  wrong(counts) {
    return counts.reduce((sum, each, place) => (this.buttons[place].dataset.kind === "wrong" ? sum + each : sum), 0);
  }

  move(event) {
    const place = this.buttons.indexOf(event.target);
    const row = Math.floor(place / this.columns);
    const column = place % this.columns;
    const last = this.buttons.length / this.columns - 1;
    const to = {
      ArrowLeft: [row, Math.max(column - 1, 0)],
      ArrowRight: [row, Math.min(column + 1, this.columns - 1)],
      ArrowUp: [Math.max(row - 1, 0), column],
      ArrowDown: [Math.min(row + 1, last), column],
      Home: [row, 0],
      End: [row, this.columns - 1],
    }[event.key];
    if (to && place >= 0) {
      event.preventDefault();
      this.focus(this.buttons[to[0] * this.columns + to[1]]);
    }
  }

  focus(button) {
    this.buttons.forEach((each) => {
      each.tabIndex = each === button ? 0 : -1;
    });
    button.focus();
  }

  choose(button) {
    if (!this.list) {
      return;
    }
    const chosen = button && button.getAttribute("aria-pressed") !== "true" ? button : null;
    this.buttons.forEach((each) => each.setAttribute("aria-pressed", String(each === chosen)));
    if (!chosen) {
      this.list.show(null);
      return;
    }
    this.focus(chosen);
    const { row, column } = chosen.dataset;
    this.list.show({
      expected: this.data.rows[row],
      decided: this.data.columns[column],
      windows: this.original[this.buttons.indexOf(chosen)],
    });
  }

  /** Show other counts: rows of numbers. */
  fill(rows) {
    this.buttons.forEach((button, place) => {
      const row = rows[Math.floor(place / this.columns)];
      const windows = row[place % this.columns];
      const share = ratio(windows, row.reduce((sum, each) => sum + each, 0)) ?? 0;
      button.dataset.level = Math.ceil(10 * share);
      button.querySelector("span").textContent = count(windows);
      button.querySelector("small").textContent = windows ? percent(share) : "";
      const { row: expected, column: decided } = button.dataset;
      const name = `${this.data.rows[expected]} decided as ${this.data.columns[decided]}`;
      button.setAttribute("aria-label", `${name}: ${count(windows)} windows, ${percent(share)}`);
    });
  }
}

// --- The threshold -------------------------------------------------------------------------------------------

/** Return how often each label is expected, decided, and both, at a threshold of so many hundredths. */
function decidedAt({ labels, counts }, step) {
  const zeros = () => labels.map(() => 0);
  const found = { expected: zeros(), decided: zeros(), right: zeros(), cells: labels.map(zeros), uncertain: zeros(), anomaly: zeros() };
  counts.forEach(([reached, expected, top, windows]) => {
    found.expected[expected] += windows;
    if (top < 0) {
      found.anomaly[expected] += windows;
    } else if (reached >= step) {
      found.decided[top] += windows;
      found.cells[expected][top] += windows;
      found.right[expected] += expected === top ? windows : 0;
    } else {
      found.uncertain[expected] += windows;
    }
  });
  return found;
}

/** Return the precision, recall and F1 of each label; null where one divides by zero. */
function figuresOf({ expected, decided, right }) {
  return expected.map((support, place) => ({
    support,
    precision: ratio(right[place], decided[place]),
    recall: ratio(right[place], support),
    f1: ratio(2 * right[place], support + decided[place]),
  }));
}

class Threshold {
  constructor(root, id, data, matrix) {
    Object.assign(this, { root, id, data, matrix });
    this.values = data.curve.map(([value]) => value);
    this.slider = root.querySelector("[data-slider]");
    this.wanted = root.querySelector("[data-wanted]");
    this.outputs = new Map([...root.querySelectorAll("[data-output]")].map((each) => [each.dataset.output, each]));
    this.slider.value = this.nearest(data.own ?? data.best ?? this.values[0]);
    this.slider.setAttribute("aria-valuetext", short(data.own ?? this.values[this.slider.value]));
    this.slider.addEventListener("input", () => this.set(Number(this.slider.value)));
    this.wanted.addEventListener("input", () => this.choose());
    root.querySelectorAll("[data-set]").forEach((button) => {
      button.addEventListener("click", () => this.set(this.nearest(this.valueOf(button.dataset.set))));
    });
    this.choose();
  }

  valueOf(name) {
    return name === "chosen" ? this.chosen : this.data[name];
  }

  nearest(value) {
    const gaps = this.values.map((each) => Math.abs(each - value));
    return gaps.indexOf(Math.min(...gaps));
  }

  /** Find the lowest threshold with the wanted precision: of what is decided, or of what is called an anomaly. */
  choose() {
    const column = this.data.sweep ? 2 : 3;
    const wanted = Number(this.wanted.value) / 100;
    const found = this.data.curve.find((point) => point[column] !== null && point[column] >= wanted);
    this.chosen = found ? found[0] : null;
    this.outputs.get("chosen").textContent = found ? short(found[0]) : "no threshold reaches it";
    this.root.querySelector("[data-set=chosen]").disabled = !found;
  }

  /** Show what the threshold at this place of the curve decides. */
  set(place) {
    const [value, coverage, accuracy, precision, recall, f1] = this.data.curve[place];
    this.slider.value = place;
    this.slider.setAttribute("aria-valuetext", short(value));
    this.outputs.get("threshold").textContent = short(value);
    const right = coverage * accuracy;
    Object.entries({ coverage, accuracy, right, precision, recall, f1 }).forEach(([name, figure]) => {
      const output = this.outputs.get(name);
      if (output) {
        output.textContent = percent(figure);
      }
    });
    views.get(`${this.id}-thresholds`)?.then(({ view }) => view.signal("threshold", value).runAsync());
    if (this.data.sweep) {
      this.move(decidedAt(this.data.sweep, place));
    }
  }

  /** Let the matrix and the figures of the labels show other decisions. */
  move(found) {
    const { labels } = this.data.sweep;
    const of = figuresOf(found);
    const known = of.filter(({ support }) => support);
    ["precision", "recall", "f1"].forEach((name) => {
      this.outputs.get(name).textContent = percent(mean(known.map((each) => each[name])));
    });
    this.root.querySelectorAll("[data-labels] tbody tr").forEach((row) => {
      const figures = of[labels.indexOf(row.dataset.label)];
      if (figures) {
        showFigures(row, figures);
      }
    });
    this.root.querySelectorAll("[data-moved]").forEach((note) => {
      note.hidden = false;
    });
    const outcomes = { [UNCERTAIN]: found.uncertain, [ANOMALY]: found.anomaly };
    this.matrix?.fill(
      this.data.rows.map((expected) => {
        const row = labels.indexOf(expected);
        return this.data.columns.map((decided) => {
          const column = labels.indexOf(decided);
          const counted = column >= 0 ? (found.cells[row]?.[column] ?? 0) : 0;
          return counted + (this.data.rows.includes(decided) ? 0 : (outcomes[decided]?.[row] ?? 0));
        });
      }),
    );
  }
}

function showFigures(row, figures) {
  row.querySelectorAll("[data-name]").forEach((cell) => {
    const value = figures[cell.dataset.name];
    if (value === undefined) {
      return;
    }
    cell.dataset.value = value ?? "";
    cell.querySelector(".value").textContent = percent(value);
    cell.querySelector(".interval").textContent = "";
    cell.querySelector(".fill")?.setAttribute("width", (100 * (value ?? 0)).toFixed(1));
    cell.querySelector(".span")?.remove();
  });
}

// --- Sections ------------------------------------------------------------------------------------------------

document.querySelectorAll("[data-section]").forEach((root) => {
  const id = root.dataset.section;
  const data = sections[id];
  const list = root.querySelector("[data-list]") ? new WindowList(root, data) : null;
  const matrix = root.querySelector("[data-matrix]") ? new Matrix(root, data, list) : null;
  if (root.querySelector("[data-slider]")) {
    new Threshold(root, id, data, matrix);
  }
});
document.documentElement.dataset.ready = "";
performance.mark("ready");
