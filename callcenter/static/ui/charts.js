'use strict';
// Draws every [data-chart="ID"] from its JSON (templates/components/chart.html says which) on the canvas: no inline style.
(() => {
  const root = document.documentElement;
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const FILLS = { c1: '--c1', c2: '--c2', c3: '--c3', c4: '--c4', risk: '--risk-fill' };
  const INKS = { risk: '--risk' };
  const drawn = new Map();
  const known = (value) => value !== null && value !== undefined;

  const clock = (s) => `${s < 0 ? '−' : ''}${Math.floor(Math.abs(s) / 60)}:${String(Math.round(Math.abs(s)) % 60).padStart(2, '0')}`;
  const figure = (unit, least = 0) => (value) => {
    if (!known(value)) return '–';
    if (unit === 's') return clock(value);
    const text = Number(value).toLocaleString(root.lang, { minimumFractionDigits: least, maximumFractionDigits: unit ? 1 : 2 });
    return unit ? `${text}\u00a0${unit}` : text;
  };

  const axis = (extra) => ({
    axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: css('--line') } }, ...extra,
    axisLabel: { color: css('--ink-2'), fontSize: 12, hideOverlap: true, ...extra.axisLabel },
  });
  // Room for the names at the ends of lines: less on a phone.
  const names = (wide) => (wide < 420 ? 92 : 128);
  const line = (chart, row, room) => {
    const color = css(FILLS[row.tone]), loud = row.tone === 'risk', single = chart.series.length === 1;
    return {
      name: row.name, data: row.values, type: 'line', symbol: 'circle', symbolSize: 5, showSymbol: row.values.filter(known).length < 16,
      z: loud ? 5 : 2, itemStyle: { color }, lineStyle: { color, width: loud ? 3 : single ? 2 : 1.5 },
      endLabel: {
        show: !single, formatter: row.name, color: css(INKS[row.tone] ?? '--ink-2'), fontSize: 12, fontWeight: loud ? 600 : 400,
        width: room, overflow: 'truncate',
      },
    };
  };
  // Two lines on one another, of which only the room between them is drawn.
  const shade = (chart) => {
    const [low, high] = chart.band.map((at) => chart.series[at].values);
    const bare = { type: 'line', stack: 'band', symbol: 'none', silent: true, z: 1, lineStyle: { opacity: 0 }, tooltip: { show: false } };
    return [
      { ...bare, data: low },
      { ...bare, data: high.map((value, at) => (known(value) && known(low[at]) ? value - low[at] : null)), areaStyle: { color: css('--c1'), opacity: 0.14 } },
    ];
  };
  const aims = (chart) => Array.isArray(chart.target) ? chart.target : chart.x.map(() => chart.target);
  const target = (chart) => {
    const color = css('--target');
    return {
      name: chart.target_label, data: aims(chart), type: 'line', step: 'middle', symbol: 'none', silent: true, itemStyle: { color },
      lineStyle: { color, type: [5, 4], width: 1.5 },
      endLabel: { show: true, formatter: chart.target_label, color: css('--ink'), fontSize: 12 },
    };
  };
  // Names at the ends of lines that would stand on one another move apart.
  const spread = (series, { min, max }, height) => {
    const shown = series.filter((one) => one.endLabel.show).map((one) => ({ one, at: one.data.findLast(known) })).filter((row) => known(row.at));
    const rows = shown.map((row) => ({ ...row, y: height * (max - row.at) / (max - min || 1) })).sort((a, b) => a.y - b.y);
    let free = -Infinity, room = height;
    rows.forEach((row) => { row.to = Math.max(row.y, free); free = row.to + 16; });
    // What that pushed below the plot goes up again, and what stands above it with it.
    rows.reverse().forEach((row) => {
      row.to = Math.min(row.to, room);
      room = row.to - 16;
      row.one.endLabel.offset = [0, row.to - row.y];
    });
  };
  // Round marks that hold every value and the target: whole minutes for clocks, steps of 1, 2 or 5 for the rest.
  const range = (chart) => {
    const values = [...chart.series.flatMap((row) => row.values), ...aims(chart)].filter(known);
    const low = Math.min(...values), high = Math.max(...values), rough = (high - low) / 4 || 1;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = chart.unit === 's'
      ? [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].find((s) => s >= rough) ?? 7200
      : [1, 2, 5, 10].map((n) => n * power).find((s) => s >= rough);
    const top = Math.ceil(high / step) * step;
    return { min: Math.max(0, Math.floor(low / step) * step), max: chart.unit === '%' ? Math.min(100, top) : top, interval: step };
  };
  const plot = (chart, wide, height) => {
    const show = figure(chart.unit), font = getComputedStyle(document.body).fontFamily, limits = range(chart);
    const series = [...chart.series.map((row) => line(chart, row, names(wide))), ...(aims(chart).some(known) ? [target(chart)] : [])];
    spread(series, limits, height - 44);
    if (chart.band) series.push(...shade(chart));
    return {
      animation: false,
      textStyle: { fontFamily: font, color: css('--ink-2'), fontSize: 12 },
      grid: { left: 8, right: series.length > 1 ? names(wide) + 12 : 24, top: 20, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter: show, order: 'valueDesc', borderWidth: 0, padding: [6, 10],
        backgroundColor: css('--ink'), textStyle: { color: css('--surface'), fontSize: 12, fontFamily: font },
        axisPointer: { lineStyle: { color: css('--line-strong') } },
      },
      xAxis: axis({ type: 'category', data: chart.x, boundaryGap: false, splitLine: { show: false } }),
      yAxis: axis({ type: 'value', ...limits, axisLabel: { formatter: figure(chart.unit, limits.interval < 1 ? 1 : 0) } }),
      series,
    };
  };

  const read = (el) => JSON.parse(document.getElementById(el.dataset.chart).textContent);
  const draw = (el) => {
    if (el.hidden || !el.clientWidth) return;
    if (!drawn.has(el)) drawn.set(el, echarts.init(el));
    drawn.get(el).resize();
    drawn.get(el).setOption(plot(read(el), el.clientWidth, el.clientHeight), true);
  };
  const drawAll = () => {
    drawn.forEach((canvas, el) => { if (!el.isConnected) { canvas.dispose(); drawn.delete(el); } });
    document.querySelectorAll('[data-chart]').forEach(draw);
  };

  const cell = (row, tag, text, scope) => {
    const el = row.appendChild(document.createElement(tag));
    el.textContent = text;
    if (scope) el.scope = scope;
    if (scope !== 'row') el.className = 'num';
  };
  const tabulate = (chart) => {
    const table = document.createElement('table'), show = figure(chart.unit);
    table.className = 't';
    const head = table.createTHead().insertRow(), body = table.createTBody();
    head.insertCell();
    chart.series.forEach((row) => cell(head, 'th', row.name, 'col'));
    chart.x.forEach((name, at) => {
      const row = body.insertRow();
      cell(row, 'th', name, 'row');
      chart.series.forEach((one) => cell(row, 'td', show(one.values[at])));
    });
    return table;
  };
  const turn = (button) => {
    const el = document.querySelector(`[data-chart="${CSS.escape(button.dataset.tableFor)}"]`), box = el.nextElementSibling;
    box.hidden = !box.hidden;
    el.hidden = !box.hidden;
    button.setAttribute('aria-expanded', String(!box.hidden));
    if (box.hidden) draw(el); else box.replaceChildren(tabulate(read(el)));
  };

  drawAll();
  addEventListener('resize', drawAll);
  root.addEventListener('themechange', drawAll);
  document.addEventListener('htmx:afterSettle', drawAll);
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-table-for]');
    if (button) turn(button);
  });
})();
