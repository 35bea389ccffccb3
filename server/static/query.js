// The query page with YASGUI in place of the plain form: completion of prefixes and terms, and answers as table, chart and map.

import { ground, library } from "./map.js";

const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const MOST_BARS = 100;

function shown(term) {
  return term ? term.value.replace(/^.*[/#]/, "") : "";
}

/** Rows of the answer as Yasr has read them: an object of terms each. */
function rows(yasr) {
  const found = yasr.results && yasr.results.getBindings && yasr.results.getBindings();
  return Array.isArray(found) ? found : [];
}

function icon(path) {
  const holder = document.createElement("div");
  holder.className = "plugin_icon";
  holder.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
  return holder;
}

function chartPlugin(element, words) {
  return class {
    priority = 6;
    label = words.chart;
    hideFromSelection = false;
    constructor(yasr) { this.yasr = yasr; }
    measure() {
      const names = this.yasr.results ? this.yasr.results.getVariables() : [];
      return names.find((name) => rows(this.yasr).some((row) => row[name] && NUMBER.test(row[name].datatype || "")));
    }
    canHandleResults() { return rows(this.yasr).length > 0 && Boolean(this.measure()); }
    async initialize() { await library(element.dataset.chart); }
    draw() {
      const measure = this.measure(), found = rows(this.yasr).slice(0, MOST_BARS);
      const names = this.yasr.results.getVariables().filter((name) => name !== measure);
      const labels = found.map((row) => names.map((name) => shown(row[name])).filter(Boolean).slice(0, 2).join(" · "));
      const frame = document.createElement("div"), canvas = document.createElement("canvas");
      frame.className = "chart-frame";
      frame.dir = "ltr";
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `${measure}: ${labels.map((label, i) => `${label} ${shown(found[i][measure])}`).join("; ")}`);
      frame.append(canvas);
      this.yasr.resultsEl.replaceChildren(frame);
      const style = getComputedStyle(document.documentElement);
      this.chart = new window.Chart(canvas, {
        type: "bar",
        data: { labels, datasets: [{ label: measure, data: found.map((row) => Number(row[measure]?.value)), backgroundColor: style.getPropertyValue("--accent") }] },
        options: {
          animation: false, maintainAspectRatio: false, indexAxis: found.length > 14 ? "x" : "y",
          color: style.getPropertyValue("--ink"), scales: { x: { ticks: { color: style.getPropertyValue("--soft") } }, y: { ticks: { color: style.getPropertyValue("--soft") } } },
        },
      });
    }
    destroy() { this.chart?.destroy(); }
    getIcon() { return icon("M4 20V10h4v10zm6 0V4h4v16zm6 0v-7h4v7z"); }
  };
}

const POINT = /POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)/i;

function mapPlugin(element, words) {
  return class {
    priority = 5;
    label = words.map;
    hideFromSelection = false;
    constructor(yasr) { this.yasr = yasr; }
    points() {
      return rows(this.yasr).flatMap((row) => {
        const term = Object.values(row).find((value) => (value.datatype || "").endsWith("#wktLiteral"));
        const point = term && POINT.exec(term.value);
        return point ? [{ place: [Number(point[2]), Number(point[1])], row }] : [];
      });
    }
    canHandleResults() { return this.points().length > 0; }
    async initialize() { await library(element.dataset.library); }
    async draw() {
      const L = window.L, found = this.points(), frame = document.createElement("div");
      frame.className = "live-map";
      frame.dir = "ltr";
      this.yasr.resultsEl.replaceChildren(frame);
      const map = this.map = L.map(frame, { minZoom: 2, maxZoom: 14, zoomControl: false });
      L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
      map.attributionControl.setPrefix("Leaflet").addAttribution("Natural Earth, GeoNames");
      map.fitBounds(found.map((item) => item.place), { padding: [30, 30], maxZoom: 9 });
      await ground(L, map, element.dataset.ground);
      for (const { place, row } of found) {
        const text = Object.entries(row).filter(([, term]) => !POINT.test(term.value)).map(([name, term]) => `${name}: ${shown(term)}`).join("\n");
        const box = document.createElement("pre");
        box.textContent = text;
        L.circleMarker(place, { radius: 6, className: "spot" }).bindPopup(box).addTo(map);
      }
    }
    destroy() { this.map?.remove(); }
    getIcon() { return icon("M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 9.5a2.5 2.5 0 1 1 0-5 2.5 2.5 0 0 1 0 5z"); }
  };
}

/** Prefixes and terms are those of our own graph; nothing is asked of other hosts. */
function teach(Yasqe, terms) {
  const written = Object.entries(terms.prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`);
  Yasqe.forkAutocompleter("prefixes", { name: "our-prefixes", get: () => written, persistenceId: null }, false);
  Yasqe.forkAutocompleter("class", { name: "our-classes", bulk: true, get: () => terms.classes, persistenceId: null }, false);
  Yasqe.forkAutocompleter("property", { name: "our-properties", bulk: true, get: () => terms.properties, persistenceId: null }, false);
}

/** Views of an answer that the widget brings, under names in the reader's language. */
function rename(Yasr, labels) {
  for (const [view, label] of Object.entries(labels)) Yasr.registerPlugin(view, class extends Yasr.plugins[view] { label = label; });
}

/** What the widget leaves without a name or with a wrong role. */
function name(root, words) {
  for (const button of root.querySelectorAll(".tabsList button:not([role])")) button.setAttribute("role", "tab");
  for (const [selector, label] of [["textarea", words.query], [".yasqe_queryButton", words.run], ["input", words.endpoint]]) {
    for (const found of root.querySelectorAll(selector)) if (!found.getAttribute("aria-label")) found.setAttribute("aria-label", label);
  }
}

export async function start(element) {
  const words = JSON.parse(element.dataset.words);
  const plain = element.querySelector("form"), text = plain.elements.query.value;
  const [, terms] = await Promise.all([library(element.dataset.yasgui), fetch(element.dataset.terms).then((r) => r.json())]);
  const Yasgui = window.Yasgui, host = document.createElement("div");
  host.className = "workbench";
  host.dir = "ltr";
  plain.hidden = true;
  plain.after(host);
  Yasgui.Yasr.registerPlugin("chart", chartPlugin(element, words));
  Yasgui.Yasr.registerPlugin("map", mapPlugin(element, words));
  rename(Yasgui.Yasr, { table: words.table, response: words.response });
  teach(Yasgui.Yasqe, terms);
  Yasgui.Yasqe.defaults.autocompleters = ["our-prefixes", "our-classes", "our-properties", "variables"];
  const tool = new Yasgui(host, {
    requestConfig: { endpoint: location.origin + location.pathname, method: "GET" },
    endpointCatalogueOptions: { getData: () => [] },
    copyEndpointOnNewTab: true, tabName: words.query, persistenceId: null, populateFromUrl: false, autofocus: false,
    yasqe: { value: text, prefixCcApi: "", resizeable: true, editorHeight: "18rem" },
    yasr: { pluginOrder: ["table", "chart", "map", "response"], prefixes: terms.prefixes, persistenceId: null },
  });
  const tab = tool.getTab();
  tab.setQuery(text);
  tool.on("query", () => { const before = document.querySelector(".result"); if (before) before.hidden = true; });
  tool.on("queryResponse", () => name(host, words));
  name(host, words);
  host.dataset.ready = "yes";
}
