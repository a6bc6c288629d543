/* The map of ties: outlines, places and arcs on Leaflet, without tiles.
 *
 * Nothing is loaded before a map comes near the window. The list beside each map says the same
 * in words; the map is the picture of it. Every word shown comes from the page (data attributes).
 */
"use strict";
(() => {
  const NEAR = 36; // pixels: places closer than this are counted together
  const BEND = 0.18; // how far an arc rises, as a part of its length (as in maps.py)
  const STEPS = 32;
  const TONES = {
    moss: { color: "#f2b632", weight: 2.5 },
    river: { color: "#f2b632", weight: 2.5 },
    amber: { color: "#f2b632", weight: 2.5, dashArray: "6 5" },
    clay: { color: "#a9bdd3", weight: 1.5, dashArray: "2 5" },
    slate: { color: "#a9bdd3", weight: 1.5, dashArray: "2 5" },
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let loading = null;

  function script(url) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = url;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${url} did not load`));
      document.head.append(element);
    });
  }

  function style(url) {
    return new Promise((resolve) => {
      const element = document.createElement("link");
      element.rel = "stylesheet";
      element.href = url;
      element.onload = element.onerror = resolve;
      document.head.prepend(element); // before our own sheet, which has the last word
    });
  }

  function load(where) {
    loading ??= Promise.all([
      fetch(where.outlines).then((answer) => answer.json()),
      script(where.leaflet),
      script(where.topojson),
      style(where.leafletStyle),
    ]).then(([topology]) => {
      const countries = topology.objects.countries;
      return {
        land: window.topojson.feature(topology, countries),
        borders: window.topojson.mesh(topology, countries, (a, b) => a !== b),
      };
    });
    return loading;
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function drawLand(map, outlines) {
    const land = L.geoJSON(outlines.land, { interactive: false });
    const borders = L.geoJSON(outlines.borders, { interactive: false });
    const paint = () => {
      land.setStyle({ stroke: false, fillColor: colour("--land"), fillOpacity: 1 });
      borders.setStyle({ color: colour("--shore"), weight: 0.8 });
    };
    paint();
    land.addTo(map);
    borders.addTo(map);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  }

  function link(url, text) {
    const element = document.createElement(url ? "a" : "span");
    if (url) element.href = url;
    element.textContent = text;
    return element;
  }

  function box(title, lines) {
    const element = document.createElement("div");
    title.className = "map-popup-title";
    element.append(title);
    for (const line of lines) {
      const row = document.createElement("div");
      row.append(line);
      element.append(row);
    }
    return element;
  }

  /* The way from a to b as points in degrees: a curve that rises to the north, the short way
   * round the world. */
  function bow(map, a, b) {
    const far = { lat: b.lat, lng: b.lng + 360 * Math.round((a.lng - b.lng) / 360) };
    const [from, to] = [map.project(a, 4), map.project(far, 4)].sort((p, q) => p.x - q.x);
    const bend = L.point(
      (from.x + to.x) / 2 + (to.y - from.y) * BEND,
      (from.y + to.y) / 2 - (to.x - from.x) * BEND,
    );
    const points = [];
    for (let step = 0; step <= STEPS; step += 1) {
      const t = step / STEPS;
      const rest = 1 - t;
      const at = (p, q, r) => rest * rest * p + 2 * rest * t * q + t * t * r;
      const here = L.point(at(from.x, bend.x, to.x), at(from.y, bend.y, to.y));
      points.push(map.unproject(here, 4));
    }
    return points;
  }

  function drawArcs(map, data, places) {
    const order = { slate: 0, clay: 0, amber: 1 };
    const arcs = data.arcs.map(([a, b, tone, url, title]) => ({ a, b, tone, url, title }));
    arcs.sort((p, q) => (order[p.tone] ?? 2) - (order[q.tone] ?? 2)); // those in force on top
    // The more arcs there are, the finer each: a few are strokes, hundreds are a weave.
    const crowd = Math.min(1, Math.max(0, Math.log10(arcs.length / 30)));
    for (const arc of arcs) {
      const look = TONES[arc.tone] ?? TONES.moss;
      const weight = look.weight * (1 - 0.6 * crowd);
      const thin = { ...look, weight, opacity: 1 - 0.45 * crowd, smoothFactor: 0.4 };
      const line = L.polyline(bow(map, places[arc.a].at, places[arc.b].at), thin).addTo(map);
      line.bindTooltip(arc.title, { sticky: true });
      line.bindPopup(() => box(link(data.arcUrl + arc.url, arc.title), []));
      line.on("popupopen", () => line.closeTooltip());
      line.on("mouseover", () => line.setStyle({ weight: look.weight + 2, opacity: 1 }));
      line.on("mouseout", () => line.setStyle(thin));
      places[arc.a].arcs.push(arc);
      places[arc.b].arcs.push(arc);
    }
  }

  function placePopup(data, place, words) {
    const lines = place.arcs
      .slice(0, 8)
      .map((arc) => link(arc.url && data.arcUrl + arc.url, arc.title));
    if (place.count > 1 || !lines.length) lines.unshift(`${words.ties}: ${place.count}`);
    return box(link(place.url, place.name), lines);
  }

  /* Places near each other, the one with most ties first: it gives the group its spot, so that
   * no two spots are closer than NEAR. */
  function groups(map, places) {
    const found = [];
    for (const place of places) {
      const spot = map.project(place.at);
      const home = found.find((group) => group.spot.distanceTo(spot) < NEAR);
      if (home) home.members.push(place);
      else found.push({ spot, at: place.at, members: [place] });
    }
    return found;
  }

  function dot(map, data, place, words) {
    const marker = L.circleMarker(place.at, {
      radius: Math.min(4 + Math.sqrt(place.count), 9),
      fillColor: colour("--dot"),
      fillOpacity: 1,
      color: colour("--sea"),
      weight: 1.5,
    });
    marker.bindTooltip(place.name);
    return marker.bindPopup(() => placePopup(data, place, words));
  }

  function bunch(map, group, words) {
    const { at, members } = group;
    const size = Math.min(34, Math.round(15 + 3 * Math.log2(members.length)));
    const icon = L.divIcon({
      className: "map-count",
      html: String(members.length),
      iconSize: [size, size],
    });
    // Not a stop for the Tab key: a hundred of them would bar the way, and the list has all.
    const marker = L.marker(at, { icon, title: `${words.places}: ${members.length}`, keyboard: false });
    marker.on("click", () => {
      const bounds = L.latLngBounds(members.map((place) => place.at));
      const closer = Math.max(map.getZoom() + 1.5, map.getBoundsZoom(bounds));
      map.setView(bounds.getCenter(), Math.min(map.getMaxZoom(), closer), { animate: !calm });
    });
    return marker;
  }

  function drawPlaces(map, data, places, words) {
    const layer = L.layerGroup().addTo(map);
    const redraw = () => {
      layer.clearLayers();
      const deepest = map.getZoom() >= map.getMaxZoom();
      for (const group of groups(map, places)) {
        if (group.members.length === 1 || deepest) {
          group.members.forEach((place) => layer.addLayer(dot(map, data, place, words)));
        } else {
          layer.addLayer(bunch(map, group, words));
        }
      }
    };
    map.on("zoomend", redraw);
    redraw();
  }

  function start(element, outlines) {
    const data = JSON.parse(document.getElementById(element.dataset.payload).textContent);
    const words = { ties: element.dataset.wordTies, places: element.dataset.wordPlaces };
    const [south, west, north, east] = data.view;
    const map = L.map(element, {
      renderer: L.canvas({ padding: 0.3, tolerance: 5 }),
      zoomSnap: 0.25,
      minZoom: 1,
      maxZoom: 9,
      maxBounds: [[-62, -200], [85, 215]],
      maxBoundsViscosity: 0.8,
      scrollWheelZoom: false,
      dragging: !L.Browser.mobile, // one finger scrolls the page, two move the map
      zoomAnimation: !calm,
      fadeAnimation: !calm,
      inertia: !calm,
    });
    map.zoomControl.setPosition("topright");
    const [zoomIn, zoomOut] = [element.dataset.wordIn, element.dataset.wordOut];
    for (const [selector, word] of [[".leaflet-control-zoom-in", zoomIn], [".leaflet-control-zoom-out", zoomOut]]) {
      const button = element.querySelector(selector);
      button.title = word;
      button.setAttribute("aria-label", word);
    }
    map.attributionControl.remove(); // the attribution stands under the map, in the page's language
    map.fitBounds([[south, west], [north, east]], { padding: [28, 28], maxZoom: 6.5, animate: false });
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    drawLand(map, outlines);
    const places = data.points.map(([name, lat, lng, count, url]) => ({
      name, count, at: L.latLng(lat, lng), url: url && data.pointUrl + url, arcs: [],
    }));
    drawArcs(map, data, places);
    drawPlaces(map, data, [...places].sort((p, q) => q.count - p.count), words);
    element.dataset.ready = "yes";
  }

  function show(element) {
    element.dataset.started = "yes";
    load(element.dataset)
      .then((outlines) => start(element, outlines))
      .catch(() => {
        // Without its files the map is an empty box; its list says the same, so open that.
        element.hidden = true;
        element.closest("figure")?.querySelector("details")?.setAttribute("open", "");
      });
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((one) => one.isIntersecting)) {
        near.unobserve(entry.target);
        show(entry.target);
      }
    },
    { rootMargin: "200px" },
  );

  function watch(root) {
    root.querySelectorAll(".map-canvas:not([data-started])").forEach((one) => near.observe(one));
  }

  watch(document);
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt.parentElement ?? document));
})();
