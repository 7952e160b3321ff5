'use strict';
// Draws every [data-chart="ID"] from the JSON in the script element of that id, and the table behind it.
//   kind: "bar" | "line" | "heatmap"; x: labels; series: [{name, values, tone}] (a heatmap has one a row);
//   unit: "%" (values 0 to 100), "s" (seconds, shown m:ss) or ""; target, target_label: a line, or where colours begin;
//   low_is_bad: a heatmap darkens below the target instead of above it.
// Colours come from the style sheet and are read again when the theme changes. Tooltips are drawn on the canvas,
// since those made of HTML would need inline styles.
(() => {
  const root = document.documentElement;
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const TONES = { c1: '--c1', c2: '--c2', c3: '--c3', c4: '--c4', risk: '--risk-fill' };
  const ORDER = ['c1', 'c3', 'c4', 'c2'];
  const drawn = new Map();

  const clock = (s) => `${s < 0 ? '−' : ''}${Math.floor(Math.abs(s) / 60)}:${String(Math.round(Math.abs(s)) % 60).padStart(2, '0')}`;
  const figure = (unit) => (value) => {
    if (value === null || value === undefined) return '–';
    if (unit === 's') return clock(value);
    const text = Number(value).toLocaleString(root.lang, { maximumFractionDigits: 1 });
    return unit ? `${text}\u00a0${unit}` : text;
  };

  const base = () => ({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: css('--ink-2'), fontSize: 12 },
    tooltip: {
      renderMode: 'richText', confine: true, backgroundColor: css('--ink'), borderWidth: 0, padding: [6, 10],
      textStyle: { color: css('--surface'), fontSize: 12 },
    },
  });
  const axis = (extra) => ({
    axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: css('--ink-2'), fontSize: 12, hideOverlap: true, ...extra.label },
    splitLine: { lineStyle: { color: css('--line') } }, ...extra,
  });
  const target = (chart) => chart.target === undefined || chart.target === null ? undefined : {
    silent: true, symbol: 'none', data: [{ yAxis: chart.target }],
    lineStyle: { color: css('--target'), type: [5, 4], width: 1.5 },
    label: { formatter: chart.target_label ?? '', color: css('--ink'), fontSize: 12, position: 'insideEndTop' },
  };

  const plot = (chart) => {
    const show = figure(chart.unit), single = chart.series.length === 1, lines = chart.kind === 'line';
    return {
      ...base(),
      grid: { left: 8, right: lines && !single ? 96 : 16, top: 20, bottom: 4, containLabel: true },
      tooltip: { ...base().tooltip, trigger: 'axis', valueFormatter: show },
      legend: !lines && !single ? { top: 0, right: 8, icon: 'roundRect', itemWidth: 10, itemHeight: 10, textStyle: { color: css('--ink-2') } } : undefined,
      xAxis: axis({ type: 'category', data: chart.x, boundaryGap: !lines, splitLine: { show: false } }),
      yAxis: axis({ type: 'value', min: lines ? undefined : 0, scale: lines, label: { formatter: show } }),
      series: chart.series.map((row, at) => {
        const color = css(TONES[row.tone ?? ORDER[at % ORDER.length]]);
        const common = { name: row.name, data: row.values, itemStyle: { color }, markLine: at ? undefined : target(chart) };
        if (!lines) return { ...common, type: 'bar', barMaxWidth: 40, itemStyle: { color, borderRadius: [3, 3, 0, 0] } };
        return {
          ...common, type: 'line', symbol: 'circle', symbolSize: 5, showSymbol: row.values.length < 16, lineStyle: { color, width: row.tone === 'risk' ? 3 : 2 },
          endLabel: { show: !single, formatter: row.name, color: css('--ink-2'), fontSize: 12 }, labelLayout: { moveOverlap: 'shiftY' },
        };
      }),
    };
  };

  // Five steps from the target away: the first is "as it should be", the others get stronger towards the worst value.
  const steps = (chart, values) => {
    const sign = chart.low_is_bad ? -1 : 1;
    const worst = Math.max(...values.map((v) => sign * v)), best = Math.min(...values.map((v) => sign * v));
    const from = Math.min(chart.target === undefined || chart.target === null ? best : sign * chart.target, worst);
    const wide = (worst - from) / 4 || 1;
    return (value) => Math.max(0, Math.min(4, Math.ceil((sign * value - from) / wide)));
  };
  const heatmap = (chart, width) => {
    const show = figure(chart.unit), cells = chart.series.flatMap((row, y) => row.values.map((v, x) => [x, y, v])).filter((c) => c[2] !== null);
    const step = steps(chart, cells.map((c) => c[2])), labels = width / chart.x.length > 34;
    const dark = root.dataset.bsTheme === 'dark';
    const ink = (at) => at === 4 ? (dark ? '#10141c' : '#ffffff') : at === 3 ? '#10141c' : css('--ink');
    return {
      ...base(),
      grid: { left: 8, right: 8, top: 4, bottom: 4, containLabel: true },
      xAxis: axis({ type: 'category', data: chart.x, splitLine: { show: false } }),
      yAxis: axis({ type: 'category', data: chart.series.map((row) => row.name), inverse: true, splitLine: { show: false } }),
      series: [{
        type: 'heatmap', emphasis: { itemStyle: { borderColor: css('--ink') } },
        data: cells.map(([x, y, v]) => ({
          value: [x, y, v],
          itemStyle: { color: css(`--h${step(v)}`), borderColor: css('--surface'), borderWidth: labels ? 2 : 1, borderRadius: labels ? 4 : 2 },
          label: { show: labels, formatter: chart.unit === 's' ? clock(v) : String(Math.round(v)), color: ink(step(v)), fontSize: 12 },
        })),
        tooltip: { formatter: ({ value: [x, y, v] }) => `${chart.series[y].name} ${chart.x[x]}: ${show(v)}${chart.target_label ? `, ${chart.target_label}` : ''}` },
      }],
    };
  };

  const read = (el) => JSON.parse(document.getElementById(el.dataset.chart).textContent);
  const draw = (el) => {
    if (el.hidden || !el.clientWidth) return;
    if (!drawn.has(el)) drawn.set(el, echarts.init(el));
    const chart = read(el), canvas = drawn.get(el);
    canvas.resize();
    canvas.setOption(chart.kind === 'heatmap' ? heatmap(chart, el.clientWidth) : plot(chart), true);
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
    const flat = chart.kind === 'heatmap';
    const across = flat ? chart.x : chart.series.map((row) => row.name);
    const down = flat ? chart.series.map((row) => row.name) : chart.x;
    const head = table.createTHead().insertRow(), body = table.createTBody();
    head.insertCell();
    across.forEach((name) => cell(head, 'th', name, 'col'));
    down.forEach((name, y) => {
      const row = body.insertRow();
      cell(row, 'th', name, 'row');
      across.forEach((_, x) => cell(row, 'td', show(flat ? chart.series[y].values[x] : chart.series[x].values[y])));
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
