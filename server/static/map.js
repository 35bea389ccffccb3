// The map of /map to move about in: shapes of Natural Earth, and clusters that the server counts for what is in view.

const root = document.documentElement.dataset.root || "";
const CELL = 44;
const WORDS = (element) => JSON.parse(element.dataset.words);

const loaded = new Map();

/** A library that sets itself up as a global of the page, once. */
export function library(address) {
  if (!loaded.has(address)) loaded.set(address, load(address));
  return loaded.get(address);
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

/** Rings as `data/make_basemap.py` writes them: thousandths of a degree, each a difference to the one before. */
function unpacked(numbers) {
  const points = [];
  let x = 0, y = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    x += numbers[i];
    y += numbers[i + 1];
    points.push([y / 1000, x / 1000]);
  }
  return points;
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export async function ground(L, map, address) {
  const { rings, rivers, cities } = await (await fetch(address)).json();
  const renderer = L.canvas({ padding: 0.4 });
  const land = L.polygon(rings.map((ring) => [unpacked(ring)]), { renderer, interactive: false, weight: 1 }).addTo(map);
  const water = L.polyline(rivers.map(unpacked), { renderer, interactive: false, weight: 1.4 }).addTo(map);
  const paint = () => {
    land.setStyle({ color: colour("--border"), fillColor: colour("--land"), fillOpacity: 1 });
    water.setStyle({ color: colour("--river"), opacity: 0.9 });
  };
  paint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  return cities;
}

/** The largest cities in view that leave room to each other. */
function labelled(L, map, layer, cities, taken) {
  layer.clearLayers();
  const bounds = map.getBounds(), placed = taken.map((place) => map.latLngToContainerPoint(place));
  for (const [longitude, latitude, name] of cities) {
    if (!bounds.contains([latitude, longitude])) continue;
    const point = map.latLngToContainerPoint([latitude, longitude]);
    if (placed.some((other) => Math.abs(other.x - point.x) < 90 && Math.abs(other.y - point.y) < 30)) continue;
    placed.push(point);
    const label = document.createElement("span");
    label.textContent = name;
    layer.addLayer(L.marker([latitude, longitude], {
      pane: "names", interactive: false, keyboard: false, icon: L.divIcon({ className: "city", html: label, iconSize: [0, 0] }),
    }));
    if (placed.length - taken.length >= 22) return;
  }
}

const size = ({ count, killed }) => Math.round(Math.min(56, 24 + 7 * Math.log10(Math.max(1, count)) + 2.4 * Math.sqrt(Math.min(killed, 80))));

/** Clusters of neighbouring cells that would cover each other become one. */
function apart(map, features) {
  const kept = [];
  for (const feature of features) {
    const [x, y] = feature.geometry.coordinates, point = map.latLngToContainerPoint([y, x]);
    const near = kept.find((other) => point.distanceTo(other.point) < (size(other.properties) + size(feature.properties)) / 2 + 2);
    if (!near) { kept.push({ ...feature, properties: { ...feature.properties }, bbox: [...feature.bbox], point }); continue; }
    near.properties.count += feature.properties.count;
    near.properties.killed += feature.properties.killed;
    near.bbox = near.bbox.map((edge, i) => (i < 2 ? Math.min : Math.max)(edge, feature.bbox[i]));
  }
  return kept;
}

function marker(L, feature, words, map, address) {
  const { count, killed, cls, title, href } = feature.properties;
  const [longitude, latitude] = feature.geometry.coordinates;
  const side = size(feature.properties);
  const face = document.createElement("span");
  face.textContent = count > 1 ? count.toLocaleString("en") : "";
  const toll = killed ? ` (${words.killed}: ${killed.toLocaleString("en")})` : "";
  const name = `${count > 1 ? `${words.incidents.replace("{figure}", count.toLocaleString("en"))}` : title}${toll}`;
  const made = L.marker([latitude, longitude], {
    title: name, alt: name, keyboard: true,
    icon: L.divIcon({ className: `cluster c-${cls}${count > 1 ? " many" : ""}`, html: face, iconSize: [side, side] }),
  });
  made.on("add", () => { made.getElement().setAttribute("aria-label", name); });
  made.on("click keypress", (event) => {
    if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
    const [west, south, east, north] = feature.bbox;
    const spread = Math.max(east - west, north - south);
    if (count > 1 && spread > 0.002 && map.getZoom() < map.getMaxZoom()) {
      map.fitBounds([[south, west], [north, east]], { maxZoom: map.getMaxZoom(), padding: [30, 30] });
    } else {
      popup(L, map, [latitude, longitude], name, title, href, count, words, address(feature.bbox));
    }
  });
  return made;
}

function popup(L, map, place, name, title, href, count, words, list) {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.href = count > 1 ? list : root + href;
  link.textContent = count > 1 ? name : title;
  const more = document.createElement("p");
  more.textContent = count > 1 ? `${words.newest}: ${title}` : name.slice(title.length);
  box.append(link, more);
  L.popup({ autoPan: true }).setLatLng(place).setContent(box).openOn(map);
}

/** Leaflet's own words for units are English. */
function scale(L, words) {
  const control = L.control.scale({ imperial: false });
  control._updateMetric = (widest) => {
    const metres = control._getRoundNum(widest);
    const text = metres < 1000 ? `${metres} ${words.m}` : `${metres / 1000} ${words.km}`;
    control._updateScale(control._mScale, text, metres / widest);
  };
  return control;
}

export async function start(element) {
  const words = WORDS(element);
  await library(element.dataset.library);
  const L = window.L;
  const frame = document.createElement("div");
  frame.className = "live-map";
  frame.dir = "ltr";
  const shown = element.querySelector("svg.map");
  shown.setAttribute("hidden", "");
  shown.after(frame);
  const map = L.map(frame, { minZoom: 3, maxZoom: 14, worldCopyJump: true, attributionControl: true, zoomControl: false });
  L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
  scale(L, words).addTo(map);
  map.attributionControl.setPrefix("Leaflet");
  map.attributionControl.addAttribution("Natural Earth, GeoNames");
  const [west, south, east, north] = JSON.parse(element.dataset.bounds);
  map.fitBounds([[south, west], [north, east]]);
  if (element.dataset.tiles) L.tileLayer(element.dataset.tiles, { attribution: element.dataset.credit || "" }).addTo(map);
  map.createPane("names").style.zIndex = 450;
  const names = L.layerGroup().addTo(map), clusters = L.layerGroup().addTo(map);
  const selection = element.dataset.selection;
  const listed = (box) => `${root}/incidents?${new URLSearchParams([...new URLSearchParams(selection),
    ["box", [box[0] - 0.001, box[1] - 0.001, box[2] + 0.001, box[3] + 0.001].map((n) => n.toFixed(4)).join(",")]])}`;
  let cities = [], taken = [], asked = 0;

  async function refresh() {
    const mine = ++asked, bounds = map.getBounds().pad(0.1);
    const view = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((n) => n.toFixed(4)).join(",");
    const cell = (CELL * 360 / (256 * 2 ** map.getZoom())).toFixed(6);
    const address = `${root}/map/clusters?${new URLSearchParams([...new URLSearchParams(selection), ["view", view], ["cell", cell]])}`;
    const response = await fetch(address);
    if (!response.ok || mine !== asked) return;
    const { features } = await response.json();
    clusters.clearLayers();
    for (const feature of apart(map, features)) clusters.addLayer(marker(L, feature, words, map, listed));
    frame.dataset.ready = String(features.length);
    taken = features.map(({ geometry: { coordinates: [x, y] } }) => [y, x]);
    labelled(L, map, names, cities, taken);
    const here = element.querySelector("a[data-here]");
    if (here) { here.hidden = false; here.href = `${location.pathname}?${new URLSearchParams([...new URLSearchParams(selection), ["box", view]])}`; }
  }

  map.on("moveend", refresh);
  const drawn = element.dataset.tiles ? [] : ground(L, map, element.dataset.ground);
  await refresh();
  cities = await drawn;
  labelled(L, map, names, cities, taken);
}
