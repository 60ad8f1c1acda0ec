(function () {
  'use strict';
  // Old browsers open this from a disk: plain ES5, and nothing that may fail
  // stops the rest.
  var root = document.documentElement;
  var home = root.lang;
  var el = function (id) { return document.getElementById('ui-' + id); };
  var all = function (query, within) { return Array.prototype.slice.call((within || document).querySelectorAll(query)); };
  var fields = { q: el('search'), area: el('area'), lang: el('lang'), theme: el('theme') };
  var chips = all('.chip[data-v]');
  var items = all('.item');
  var files = all('.file');
  var nodes = {};
  all('.tree li[data-v]').forEach(function (li) { nodes[li.firstChild.getAttribute('href').slice(1)] = li; });
  var fold = el('fold'), met = fold ? document.getElementById(fold.getAttribute('aria-controls')) : null;
  var texts = null; // folded, of items and files

  function plain(s) {
    s = s.toLowerCase();
    return s.normalize ? s.normalize('NFD').replace(/[\u0300-\u036f]/g, '') : s;
  }

  function text(node, i, list) {
    if (!texts) { texts = { i: [], f: [] }; }
    if (texts[list][i] === undefined) { texts[list][i] = plain(node.textContent).replace(/\s+/g, ' '); }
    return texts[list][i];
  }

  function pressed() {
    return chips.filter(function (c) { return c.getAttribute('aria-pressed') === 'true'; }).map(function (c) { return c.getAttribute('data-v'); });
  }

  // apply shows what fits. Who looks for something does not want what stands above.
  function apply() {
    var words = plain(fields.q.value).split(/\s+/).filter(Boolean);
    var area = fields.area.value, verdicts = pressed(), shown = 0, shownFiles = 0;
    var busy = words.length > 0 || !!area || verdicts.length > 0;
    items.forEach(function (item, i) {
      var fits = (!verdicts.length || verdicts.indexOf(item.getAttribute('data-v')) >= 0) &&
        (!area || item.getAttribute('data-area') === area) &&
        words.every(function (w) { return text(item, i, 'i').indexOf(w) >= 0; });
      item.hidden = !fits;
      if (nodes[item.id]) { nodes[item.id].className = nodes[item.id].className.replace(/ ?gone/, '') + (fits ? '' : ' gone'); }
      if (fits) { shown++; }
    });
    var unread = el('unread') && el('unread').getAttribute('aria-pressed') === 'true';
    files.forEach(function (file, i) {
      var fits = (!unread || /r-no\b/.test(file.className)) && words.every(function (w) { return text(file, i, 'f').indexOf(w) >= 0; });
      file.hidden = !fits;
      if (fits) { shownFiles++; }
    });
    all('.group').forEach(function (g) {
      var open = all('.item', g).filter(function (i) { return !i.hidden; }).length;
      var n = g.querySelector('.n');
      g.hidden = busy && !open;
      n.textContent = busy ? open + '/' + n.getAttribute('data-n') : n.getAttribute('data-n');
    });
    // A branch of the tree goes with the last of its items.
    var below = 0, depths = all('.tree li');
    for (var k = depths.length - 1, seen = []; k >= 0; k--) {
      var depth = Number(/\bd(\d)/.exec(depths[k].className)[1]);
      if (depths[k].hasAttribute('data-v')) {
        if (depths[k].className.indexOf('gone') < 0) { seen.push(depth); }
      } else {
        below = seen.filter(function (d) { return d > depth; }).length;
        depths[k].className = depths[k].className.replace(/ ?gone/, '') + (busy && !below ? ' gone' : '');
        seen = seen.filter(function (d) { return d <= depth; }).concat(below ? [depth] : []);
      }
    }
    if (met && busy) { open(true); }
    all('.front').forEach(function (n) { n.hidden = busy; });
    el('shown').textContent = String(shown);
    el('files-count').hidden = !words.length;
    el('files-shown').textContent = String(shownFiles);
    el('none').hidden = shown > 0 || (words.length > 0 && shownFiles > 0);
  }

  function open(yes) {
    if (!met) { return; }
    met.hidden = !yes;
    fold.setAttribute('aria-expanded', String(yes));
  }

  function speak() {
    var lang = fields.lang.value === 'en' ? 'en' : 'id';
    if (root.lang !== lang) { root.lang = lang; } // a large page takes seconds for it
    document.title = root.getAttribute('data-title-' + lang);
    all('option[data-id]').forEach(function (o) { o.textContent = o.getAttribute('data-' + lang); });
    var theme = fields.theme.value || 'auto';
    if (theme === (root.getAttribute('data-theme') || 'auto')) { return; }
    if (theme === 'auto') { root.removeAttribute('data-theme'); } else { root.setAttribute('data-theme', theme); }
  }

  // The address keeps what was chosen, so that it can be passed on. Addresses of
  // places on the page hold no "=".
  function save() {
    var parts = [];
    Object.keys(fields).forEach(function (k) {
      var v = fields[k].value;
      if (v && !(k === 'lang' && v === home) && !(k === 'theme' && v === 'auto')) { parts.push(k + '=' + encodeURIComponent(v)); }
    });
    if (pressed().length) { parts.push('v=' + pressed().join(',')); }
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
    var given = { lang: home, theme: 'auto', v: '' };
    hash.split('&').forEach(function (part) {
      var at = part.indexOf('=');
      try { given[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (e) { /* not ours */ }
    });
    Object.keys(fields).forEach(function (k) {
      fields[k].value = given[k] || '';
      if (fields[k].selectedIndex < 0) { fields[k].value = k === 'lang' ? home : k === 'theme' ? 'auto' : ''; }
    });
    chips.forEach(function (c) { c.setAttribute('aria-pressed', String(given.v.split(',').indexOf(c.getAttribute('data-v')) >= 0)); });
    speak();
    apply();
  }

  // reveal shows the place that a link leads to, whatever hides it.
  function reveal(hash) {
    var target = null;
    try { target = document.getElementById(decodeURIComponent(hash)); } catch (e) { /* not ours */ }
    if (!target || target === document.body) { return; }
    if (met && met.contains(target)) { open(true); }
    if (target.offsetParent === null) { clear(); }
    if (met && met.contains(target)) { open(true); }
    target.scrollIntoView();
    here(target);
  }

  function clear() {
    fields.q.value = fields.area.value = '';
    chips.forEach(function (c) { c.setAttribute('aria-pressed', 'false'); });
    apply();
    open(false);
  }

  function here(item) {
    all('.tree .here').forEach(function (n) { n.className = n.className.replace(/ ?here/, ''); });
    var li = nodes[item.id];
    if (!li) { return; }
    li.className += ' here';
    var tree = el('tree');
    if (tree.scrollHeight > tree.clientHeight) { tree.scrollTop = li.offsetTop - tree.clientHeight / 2; }
  }

  var at = null; // the item that j and k go on from
  function step(by) {
    var list = items.filter(function (i) { return i.offsetParent !== null; });
    if (!list.length) { return; }
    var n = list.indexOf(at);
    n = n < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(n + by, 0), list.length - 1);
    at = list[n];
    at.focus();
    at.scrollIntoView();
    here(at);
  }

  var before = null; // had the focus before the help
  function help(yes) {
    var box = el('keys');
    if (yes === !box.hidden) { return; }
    box.hidden = !yes;
    if (yes) { before = document.activeElement; el('close').focus(); } else if (before) { before.focus(); }
  }

  function changed() { speak(); apply(); save(); }

  fields.q.addEventListener('input', changed);
  ['area', 'lang', 'theme'].forEach(function (k) { fields[k].addEventListener('change', changed); });
  chips.forEach(function (c) {
    c.addEventListener('click', function () {
      c.setAttribute('aria-pressed', String(c.getAttribute('aria-pressed') !== 'true'));
      changed();
    });
  });
  if (el('unread')) {
    el('unread').addEventListener('click', function () {
      this.setAttribute('aria-pressed', String(this.getAttribute('aria-pressed') !== 'true'));
      apply();
    });
  }
  el('clear').addEventListener('click', function () { clear(); save(); fields.q.focus(); });
  el('help').addEventListener('click', function () { help(true); });
  el('close').addEventListener('click', function () { help(false); });
  el('bar').addEventListener('submit', function (e) { e.preventDefault(); });
  if (fold) { fold.addEventListener('click', function () { open(met.hidden); }); }
  var more = el('more');
  if (more) {
    more.addEventListener('click', function () {
      var list = document.querySelector('.fixes'), yes = list.className.indexOf('all') < 0;
      list.className = yes ? 'fixes all' : 'fixes';
      more.setAttribute('aria-expanded', String(yes));
    });
    if (!document.querySelector('.fixes .more')) { more.parentNode.removeChild(more); }
  }
  document.addEventListener('keydown', function (e) {
    if (e.ctrlKey || e.altKey || e.metaKey) { return; }
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement && document.activeElement.tagName);
    if (e.key === 'Escape' || e.key === 'Esc') {
      if (!el('keys').hidden) { help(false); } else if (document.activeElement === fields.q) { fields.q.value = ''; changed(); }
      return;
    }
    if (e.key === 'Tab' && !el('keys').hidden) { e.preventDefault(); el('close').focus(); return; }
    if (typing) { return; }
    if (e.key === 'j') { step(1); } else if (e.key === 'k') { step(-1); } else if (e.key === '/') { fields.q.focus(); } else if (e.key === 'm') { if (met) { open(met.hidden); } } else if (e.key === '?') { help(true); } else { return; }
    e.preventDefault();
  });
  document.addEventListener('focusin', function (e) {
    var n = e.target;
    while (n && n.className !== 'item') { n = n.parentElement; }
    if (n) { at = n; }
  });
  window.addEventListener('hashchange', load);
  // A page that is printed shows all.
  window.addEventListener('beforeprint', function () { open(true); });
  root.className = 'js';
  el('bar').hidden = false;
  all('.script').forEach(function (n) { n.hidden = false; });
  open(false);
  speak();
  load();
}());
