package report_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dasheval/checker/report"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A browser is one tab of headless Chromium and what it complained about.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	requests []string
	console  []string
}

// chromium starts a browser, or skips the test where there is none.
func chromium(t *testing.T) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if path, err = exec.LookPath("google-chrome"); err != nil {
			t.Skip("no chromium")
		}
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx}
	require.NoError(t, chromedp.Do(ctx))
	require.NoError(t, chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*network.EventRequestWillBeSent); ok {
			b.mu.Lock()
			b.requests = append(b.requests, e.Request.URL)
			b.mu.Unlock()
		}
	}))
	go func() {
		for m, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.console = append(b.console, m.String())
			b.mu.Unlock()
		}
	}()
	return b
}

func (b *browser) open(file, hash string) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, chromedp.Navigate("about:blank")))
	u := url.URL{Scheme: "file", Path: file, Fragment: hash}
	require.NoError(b.t, chromedp.Do(b.ctx, chromedp.Navigate(u.String())))
}

// js evaluates an expression on the page.
func js[T any](b *browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	require.NoError(b.t, err, expression)
	return v
}

func (b *browser) key(keys string) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, chromedp.KeyEvent(keys)))
}

// shot keeps a picture of the page in the folder DASHEVAL_SHOTS, for people.
func (b *browser) shot(name string) {
	dir := os.Getenv("DASHEVAL_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	require.NoError(b.t, err)
	require.NoError(b.t, os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600))
}

func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, u := range b.requests {
		assert.True(b.t, strings.HasPrefix(u, "file://") || strings.HasPrefix(u, "data:") || u == "about:blank", "a request left the page: %s", u)
	}
	assert.Empty(b.t, b.console, "the console")
}

// pageOf writes a report as a page and returns its file.
func pageOf(t *testing.T, in *report.Report, opt report.Options) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	f, err := os.Create(file)
	require.NoError(t, err)
	require.NoError(t, report.FormatNamed("html").Write(f, in, "id", opt))
	require.NoError(t, f.Close())
	return file
}

// sample is the saved run of the sample pile.
func sample(t *testing.T) *report.Report {
	t.Helper()
	raw, err := os.ReadFile("../../samples/bpmp/report.json")
	require.NoError(t, err)
	in := decoded(t, raw)
	report.Mask(in)
	return in
}

func decoded(t testing.TB, raw []byte) *report.Report {
	t.Helper()
	var in report.Report
	require.NoError(t, json.Unmarshal(raw, &in))
	return &in
}

const visible = `.filter(function (n) { return n.offsetParent !== null })`

// TestPageInBrowser uses the page as a reader does: chips, search, keys, links,
// languages, on a desk and on a phone.
func TestPageInBrowser(t *testing.T) {
	b := chromium(t)
	in := sample(t)
	file := pageOf(t, in, report.Options{Picture: func(string, int, [4]float64) ([]byte, error) { return onePixel, nil }})
	count := func(verdicts ...string) int {
		n := 0
		for _, c := range in.Criteria {
			for _, v := range verdicts {
				if c.Verdict == v {
					n++
				}
			}
		}
		return n
	}
	items := func(more string) int {
		return js[int](b, `[].slice.call(document.querySelectorAll(".item`+more+`"))`+visible+`.length`)
	}

	b.open(file, "")
	assert.Equal(t, len(in.Criteria)-count("met", "not_applicable"), items(""), "what is met is closed")
	assert.Equal(t, len(in.Documents)+len(in.Ignored), js[int](b, `document.querySelectorAll(".file").length`), "every file once")
	b.shot("desk")

	// Chips add up, count what they show, and stay in the address.
	require.NoError(t, chromedp.Do(b.ctx, chromedp.Click(`.chip[data-v="missing"]`)))
	assert.Equal(t, count("missing"), items(""))
	require.NoError(t, chromedp.Do(b.ctx, chromedp.Click(`.chip[data-v="met"]`)))
	assert.Equal(t, count("missing", "met"), items(""))
	assert.Equal(t, "#v=missing,met", js[string](b, "location.hash"))
	assert.Equal(t, "true", js[string](b, `document.querySelector('.chip[data-v="met"]').getAttribute("aria-pressed")`))
	b.shot("chips")
	b.open(file, "v=missing&q=nothing like this anywhere")
	assert.Equal(t, 0, items(""))
	assert.True(t, js[bool](b, `document.getElementById("ui-none").offsetParent !== null`))

	// The search finds items by code and files by name.
	code := in.Criteria[0].Code
	b.open(file, "q="+code)
	assert.True(t, js[bool](b, fmt.Sprintf(`document.getElementById("i-%s").offsetParent !== null`, code)))
	b.open(file, "")
	b.key("/")
	assert.Equal(t, "ui-search", js[string](b, "document.activeElement.id"))
	b.key(in.Documents[0].Path[strings.LastIndex(in.Documents[0].Path, "/")+1:][:8])
	assert.Positive(t, js[int](b, `Number(document.getElementById("ui-files-shown").textContent)`))

	// j and k go from item to item, and the tree follows.
	b.open(file, "")
	b.key("jjk")
	first := js[string](b, `[].slice.call(document.querySelectorAll(".item"))`+visible+`[0].id`)
	assert.Equal(t, first, js[string](b, "document.activeElement.id"))
	assert.Equal(t, "#"+first, js[string](b, `document.querySelector(".tree .here a").getAttribute("href")`))
	b.key("?")
	assert.Equal(t, "ui-close", js[string](b, "document.activeElement.id"))
	b.shot("help")
	b.key("\x1b")
	assert.True(t, js[bool](b, `document.getElementById("ui-keys").hidden`))
	assert.Equal(t, first, js[string](b, "document.activeElement.id"), "the focus is where it was")
	b.key("m")
	assert.Equal(t, len(in.Criteria), items(""))

	// A link to an item that is closed opens it.
	met := ""
	for _, c := range in.Criteria {
		if c.Verdict == "met" {
			met = c.Code
		}
	}
	require.NotEmpty(t, met)
	b.open(file, "i-"+met)
	assert.True(t, js[bool](b, fmt.Sprintf(`document.getElementById("i-%s").offsetParent !== null`, met)))

	// Either language is whole, and only one shows.
	b.open(file, "lang=en&theme=dark")
	assert.Equal(t, "en", js[string](b, "document.documentElement.lang"))
	assert.Contains(t, js[string](b, "document.body.innerText"), "Fix first")
	assert.NotContains(t, js[string](b, "document.body.innerText"), "Perbaiki lebih dulu")
	assert.Equal(t, "rgb(13, 17, 23)", js[string](b, "getComputedStyle(document.body).backgroundColor"))
	b.shot("dark")

	// On a phone nothing is wider than the screen.
	require.NoError(t, chromedp.Do(b.ctx, chromedp.EmulateViewport(390, 844)))
	b.open(file, "")
	assert.LessOrEqual(t, js[int](b, "document.documentElement.scrollWidth"), 390)
	b.shot("phone")
	b.quiet()
}

// audit looks for what keeps people with a screen reader or a keyboard out, after
// the rules of axe that need no eyes.
const audit = `(function () {
  var out = [], seen = {};
  var all = function (q) { return [].slice.call(document.querySelectorAll(q)); };
  var named = function (n) {
    var by = n.getAttribute("aria-labelledby");
    return n.getAttribute("aria-label") || (by && document.getElementById(by) && document.getElementById(by).textContent.trim()) || n.innerText && n.innerText.trim() || n.textContent.trim() || n.getAttribute("title") || "";
  };
  all("[id]").forEach(function (n) { if (seen[n.id]) { out.push("two of the id " + n.id); } seen[n.id] = true; });
  all("img").forEach(function (n) { if (!n.getAttribute("alt")) { out.push("img without alt"); } });
  all("button, a[href]").forEach(function (n) { if (!named(n)) { out.push("no name: " + n.outerHTML.slice(0, 80)); } });
  all("input, select").forEach(function (n) { if (!n.labels.length && !n.getAttribute("aria-label")) { out.push("no label: " + n.id); } });
  all("svg").forEach(function (n) { if (n.getAttribute("aria-hidden") !== "true" && !n.closest("[aria-hidden=true]") && ["img", "group"].indexOf(n.getAttribute("role")) < 0) { out.push("svg: " + n.getAttribute("class")); } });
  all("[role=img]").forEach(function (n) { if (!n.getAttribute("aria-label")) { out.push("picture without a name"); } });
  all("[role=dialog], [role=search], [role=region], nav").forEach(function (n) { if (!named(n)) { out.push("region without a name"); } });
  all('a[href^="#"]').forEach(function (n) { if (n.getAttribute("href") !== "#" && !document.getElementById(decodeURIComponent(n.getAttribute("href").slice(1)))) { out.push("leads nowhere: " + n.getAttribute("href")); } });
  all("li").forEach(function (n) { if (!/^(UL|OL)$/.test(n.parentElement.tagName)) { out.push("li outside of a list"); } });
  all("ul, ol").forEach(function (n) { [].forEach.call(n.children, function (c) { if (c.tagName !== "LI") { out.push(c.tagName + " in a list"); } }); });
  if (all("h1").length !== 1) { out.push("not one h1"); }
  if (all("main").length !== 1) { out.push("not one main"); }
  var before = 0;
  all("h1, h2, h3, h4, h5, h6").forEach(function (h) { if (h.closest("[hidden]")) { return; } var d = Number(h.tagName[1]); if (d > before + 2) { out.push("a heading skips: " + h.textContent.slice(0, 40)); } before = d; });
  if (!document.documentElement.lang || !document.title) { out.push("no language or title"); }
  var light = function (c) { var v = c.match(/[\d.]+/g).slice(0, 3).map(function (x) { x = x / 255; return x <= 0.03928 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4); }); return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  var back = function (n) { for (; n; n = n.parentElement) { var c = getComputedStyle(n).backgroundColor; if (c !== "rgba(0, 0, 0, 0)") { return c; } } return "rgb(255, 255, 255)"; };
  var told = {};
  all("p, li, a, b, span, h1, h2, h3, h4, dt, dd, button, blockquote, td, th, label").forEach(function (n) {
    if (n.offsetParent === null || !n.innerText || n.closest("svg")) { return; }
    var a = light(getComputedStyle(n).color), z = light(back(n)), ratio = (Math.max(a, z) + 0.05) / (Math.min(a, z) + 0.05);
    if (ratio < 4.5 && !told[n.className]) { told[n.className] = 1; out.push("contrast " + ratio.toFixed(2) + ": " + n.tagName + "." + n.className); }
  });
  return out;
})()`

// TestPageIsAccessible runs the audit on every report of testdata and the sample,
// light and dark.
func TestPageIsAccessible(t *testing.T) {
	b := chromium(t)
	reports := map[string]*report.Report{"sample": sample(t), "decided": decided(t)}
	for name, in := range reports {
		file := pageOf(t, in, report.Options{Picture: func(string, int, [4]float64) ([]byte, error) { return onePixel, nil }})
		for _, theme := range []string{"light", "dark"} {
			b.open(file, "theme="+theme)
			assert.Empty(t, js[[]string](b, audit), "%s %s", name, theme)
		}
		b.shot("audit-" + name)
	}
	b.quiet()
}

// TestPageNeedsNoScript holds that all is there without a script, as for printing.
func TestPageNeedsNoScript(t *testing.T) {
	in := sample(t)
	raw, err := os.ReadFile(pageOf(t, in, report.Options{}))
	require.NoError(t, err)
	page := string(raw)
	for _, c := range in.Criteria {
		assert.Contains(t, page, `id="i-`+c.Code+`"`)
	}
	for _, d := range in.Documents {
		assert.Contains(t, page, d.SHA256)
	}
	assert.NotContains(t, page, "<details", "old Edge knows none")
	assert.Less(t, len(raw), 3<<20)
	for _, one := range []string{"http://", "https://", "@import", "url("} {
		assert.NotContains(t, page, one)
	}
}

// TestPageIsInert holds that nothing from outside acts on the page.
func TestPageIsInert(t *testing.T) {
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'`
	page := 1
	in := &report.Report{
		Unit: report.Unit{Name: evil}, Pack: report.Pack{ID: evil, Title: report.Text{ID: evil, EN: evil}},
		Documents: []report.Document{{Path: evil, Readable: "text", Criteria: []string{evil}, Type: report.Type{Form: "decree"}, Facts: map[string]any{"subject": evil, "date": evil}}},
		Criteria:  []report.Criterion{{Code: evil, Area: evil, Verdict: "missing", Title: report.Text{ID: evil}, Requirements: []report.Requirement{{ID: "x", Cadence: "monthly", Verdict: "missing", Documents: []string{evil}}}}},
		Findings:  []report.Finding{{ID: evil, Severity: "error", Document: evil, Criterion: evil, Requirement: "x", Quote: evil, Message: evil, Fix: evil, Page: &page, Box: &[4]float64{}}},
		Gates:     []report.Gate{{ID: evil, Text: report.Text{ID: evil}, State: evil, Mins: []report.Minimum{{Predicate: evil, Min: 1}}}},
		Score:     report.Score{Sections: []report.Division{{Code: evil, Title: report.Text{ID: evil}}}},
	}
	raw, err := os.ReadFile(pageOf(t, in, report.Options{}))
	require.NoError(t, err)
	assert.NotContains(t, string(raw), "<script>alert")
	assert.NotContains(t, string(raw), "<img src=x")
	assert.Equal(t, 1, strings.Count(string(raw), "<script>"))
	if _, err := exec.LookPath("chromium"); err == nil {
		b := chromium(t)
		b.open(pageOf(t, in, report.Options{}), "")
		b.quiet()
	}
}
