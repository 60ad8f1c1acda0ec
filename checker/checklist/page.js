(function () {
  'use strict';
  // Old browsers open this from a disk: plain ES5, and nothing that may fail
  // stops the rest.
  var root = document.documentElement;
  var home = root.lang;
  var el = function (id) { return document.getElementById('ui-' + id); };
  var all = function (query, within) { return Array.prototype.slice.call((within || document).querySelectorAll(query)); };
  var fields = { q: el('search'), area: el('area'), need: el('need'), lang: el('lang') };
  var boxes = all('input[data-line]');
  var divisions = all('.division').map(function (node) {
    return { node: node, depth: Number(node.getAttribute('data-depth')), items: all('.item', node) };
  });
  var texts = null; // folded, of each item

  function fold(s) {
    s = s.toLowerCase();
    return s.normalize ? s.normalize('NFD').replace(/[\u0300-\u036f]/g, '') : s;
  }

  function textOf(item) {
    if (!texts) {
      texts = {};
      all('.item').forEach(function (i) {
        var ids = all('[data-line]', i).map(function (b) { return b.getAttribute('data-line'); });
        texts[i.id] = fold(i.textContent + ' ' + ids.join(' ')).replace(/\s+/g, ' ');
      });
    }
    return texts[item.id];
  }

  function fits(item, words, area, need) {
    if (area && item.getAttribute('data-area') !== area) { return false; }
    if (need && !all('.line', item).some(function (l) { return l.getAttribute('data-need') === need; })) { return false; }
    if (!words.length) { return true; }
    var text = textOf(item);
    return words.every(function (w) { return text.indexOf(w) >= 0; });
  }

  // apply shows what fits, and those divisions that hold some of it. Who looks
  // for something does not want the front matter above it.
  function apply() {
    var words = fold(fields.q.value).split(/\s+/).filter(Boolean);
    var area = fields.area.value, need = fields.need.value;
    var shown = 0, below = [0, 0, 0, 0, 0, 0];
    for (var n = divisions.length - 1; n >= 0; n--) {
      var d = divisions[n], own = 0;
      d.items.forEach(function (item) {
        item.hidden = !fits(item, words, area, need);
        if (!item.hidden) { own++; }
        all('.line', item).forEach(function (l) { l.hidden = !!need && l.getAttribute('data-need') !== need; });
      });
      shown += own;
      for (var k = d.depth + 1; k < below.length; k++) { own += below[k]; below[k] = 0; }
      below[d.depth] += own;
      d.node.hidden = own === 0;
    }
    all('.front').forEach(function (n) { n.hidden = words.length > 0 || !!area || !!need; });
    el('shown').textContent = String(shown);
    el('none').hidden = shown > 0;
  }

  function speak() {
    var lang = fields.lang.value === 'en' ? 'en' : 'id';
    root.lang = lang;
    document.title = root.getAttribute('data-title-' + lang);
    all('option[data-id]').forEach(function (o) { o.textContent = o.getAttribute('data-' + lang); });
  }

  // The address keeps what was chosen, so that it can be passed on. Addresses of
  // places on the page hold no "=".
  function save() {
    var parts = [];
    Object.keys(fields).forEach(function (k) {
      var v = fields[k].value;
      if (v && !(k === 'lang' && v === home)) { parts.push(k + '=' + encodeURIComponent(v)); }
    });
    var hash = '#' + parts.join('&');
    if (!parts.length && location.hash.indexOf('=') < 0) { return; }
    try { history.replaceState(null, '', hash); } catch (e) { location.replace(hash); }
  }

  function load() {
    var hash = location.hash.slice(1);
    if (hash.indexOf('=') < 0) {
      reveal(hash);
      return;
    }
    var given = { lang: home };
    hash.split('&').forEach(function (part) {
      var at = part.indexOf('=');
      try { given[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (e) { /* not ours */ }
    });
    Object.keys(fields).forEach(function (k) {
      fields[k].value = given[k] || '';
      if (fields[k].selectedIndex < 0) { fields[k].value = k === 'lang' ? home : ''; }
    });
    speak();
    apply();
  }

  // reveal clears the filters if they hide the place that a link leads to.
  function reveal(hash) {
    var target = null;
    try { target = document.getElementById(decodeURIComponent(hash)); } catch (e) { /* not ours */ }
    if (target && target.offsetParent === null && target.tagName !== 'BODY') {
      clear();
      target.scrollIntoView();
    }
  }

  function clear() {
    fields.q.value = fields.area.value = fields.need.value = '';
    apply();
  }

  var key = 'dasheval.checklist.' + root.getAttribute('data-pack');

  function remember() {
    var on = boxes.filter(function (b) { return b.checked; });
    el('done').textContent = String(on.length);
    try {
      localStorage.setItem(key, JSON.stringify(on.map(function (b) { return b.getAttribute('data-line'); })));
    } catch (e) { /* ticks last as long as the page is open */ }
  }

  function recall() {
    var on = [];
    try { on = JSON.parse(localStorage.getItem(key)) || []; } catch (e) { /* none are kept */ }
    if (!Array.isArray(on)) { on = []; }
    boxes.forEach(function (b) {
      b.checked = on.indexOf(b.getAttribute('data-line')) >= 0;
      b.addEventListener('change', remember);
    });
    el('done').textContent = String(boxes.filter(function (b) { return b.checked; }).length);
  }

  function changed() { speak(); apply(); save(); }

  fields.q.addEventListener('input', changed);
  fields.q.addEventListener('keydown', function (e) {
    if (e.key === 'Escape' || e.key === 'Esc') { fields.q.value = ''; changed(); }
  });
  ['area', 'need', 'lang'].forEach(function (k) { fields[k].addEventListener('change', changed); });
  el('clear').addEventListener('click', function () { clear(); save(); fields.q.focus(); });
  el('bar').addEventListener('submit', function (e) { e.preventDefault(); });
  window.addEventListener('hashchange', load);
  el('bar').hidden = false;
  all('.script').forEach(function (n) { n.hidden = false; });
  recall();
  speak();
  load();
}());
