package report

import (
	"encoding/json"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"

	"dasheval/checker/words"
)

// A section is one part of what people read about a difference.
type diffSection struct {
	Name  string // key of its heading
	Bad   bool
	Lines []string
}

// sections puts a difference into words, what needs a look first.
func (d *Difference) sections(say *words.Catalogue) []diffSection {
	v := &voice{r: &Report{}, say: say, lang: say.Lang()}
	change := func(list []Change) []string {
		var out []string
		for _, c := range list {
			name := func(verdict string) string {
				if verdict == "" {
					return "–"
				}
				return say.Label("verdict." + verdict)
			}
			out = append(out, c.Criterion+" "+c.Title.In(v.lang)+": "+name(c.Before)+" → "+name(c.Now))
		}
		return out
	}
	findings := func(list []Finding) []string {
		var out []string
		for _, f := range list {
			message, _ := v.message(f)
			out = append(out, joined(" · ", say.Name("severity", f.Severity), joined(" ", f.Criterion, message), v.at(f)))
		}
		return out
	}
	var replaced, moved []string
	for _, r := range d.Replaced {
		replaced = append(replaced, r.Criterion+": "+r.Path+" ("+say.Label("diff.now", say.Label("verdict."+r.Now))+")")
	}
	for _, m := range d.Moved {
		moved = append(moved, m.From+" → "+m.To)
	}
	return []diffSection{
		{"remarks", true, d.remarks(say)}, {"regressed", true, change(d.Regressed)}, {"replaced", true, replaced}, {"vanished", true, d.Vanished}, {"found", true, findings(d.Found)},
		{"open", true, change(d.Reopened)}, {"unjudged", true, findings(d.Unjudged)}, {"fixed", false, findings(d.Fixed)}, {"improved", false, change(d.Improved)}, {"added", false, d.Added}, {"moved", false, moved},
	}
}

// remarks tells what makes two runs hard to compare.
func (d *Difference) remarks(say *words.Catalogue) []string {
	var out []string
	if d.New.Partial {
		out = append(out, say.Label("diff.partial"))
	}
	if d.Old.Unit != d.New.Unit {
		out = append(out, say.Label("diff.other.unit", d.Old.Unit, d.New.Unit))
	}
	if d.Old.Pack != d.New.Pack {
		name := func(l Layer) string { return joined(" ", l.ID, l.Version, l.SHA256[:min(len(l.SHA256), 12)]) }
		out = append(out, say.Label("diff.other.pack", name(d.Old.Pack), name(d.New.Pack)))
	}
	if d.Old.Judged != d.New.Judged {
		out = append(out, say.Label("diff.judged", say.Number(100*d.Old.Judged, 0), say.Number(100*d.New.Judged, 0)))
	}
	return out
}

// about names one of the runs.
func (r DiffRun) about(say *words.Catalogue) string {
	name := r.Unit
	if name == "" {
		name = say.Label("report.unit.unknown")
	}
	return joined(" · ", name, say.Label("report.year.today", say.Date(r.Today)), joined(" ", r.Pack.ID, r.Pack.Version),
		say.Label("diff.score", say.Number(r.Score.Low, 2), say.Number(r.Score.High, 2)))
}

// A DiffFormat is one way to write a [Difference].
type DiffFormat struct {
	Name string
	Ext  string // ending of a file's name that stands for it
	// Write writes d for a reader of the language.
	Write func(w io.Writer, d *Difference, lang string, opt Options) error
}

// DiffFormats lists the ways to write a difference.
func DiffFormats() []DiffFormat {
	return []DiffFormat{{"html", ".html", diffHTML}, {"json", ".json", diffJSON}, {"markdown", ".md", diffMarkdown}, {"text", ".txt", diffText}}
}

func diffJSON(w io.Writer, d *Difference, _ string, _ Options) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(filled(reflect.ValueOf(*d)).Interface())
}

func diffText(w io.Writer, d *Difference, lang string, opt Options) error {
	say, err := words.New(lang)
	if err != nil {
		return err
	}
	p := newPage(opt)
	p.WriteString(p.style(bold, say.Label("diff.title")) + "\n")
	p.field(0, column, say.Label("diff.old"), d.Old.about(say))
	p.field(0, column, say.Label("diff.new"), d.New.about(say))
	p.differences(d, say)
	if d.Empty() {
		p.blank()
		p.line(0, green, "✓", say.Label("diff.none"))
	}
	_, err = w.Write(p.Bytes())
	return err
}

func (p *page) differences(d *Difference, say *words.Catalogue) {
	for _, s := range d.sections(say) {
		if len(s.Lines) == 0 {
			continue
		}
		p.heading(say.Label("diff."+s.Name) + " (" + strconv.Itoa(len(s.Lines)) + ")")
		mark, color := "✓", green
		if s.Bad {
			mark, color = "!", yellow
		}
		for _, l := range s.Lines {
			p.line(2, color, mark, l)
		}
	}
}

func diffMarkdown(w io.Writer, d *Difference, lang string, _ Options) error {
	say, err := words.New(lang)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("# " + say.Label("diff.title") + "\n\n- " + markdown(say.Label("diff.old")+": "+d.Old.about(say)) + "\n- " + markdown(say.Label("diff.new")+": "+d.New.about(say)) + "\n")
	for _, s := range d.sections(say) {
		if len(s.Lines) == 0 {
			continue
		}
		b.WriteString("\n## " + say.Label("diff."+s.Name) + " (" + strconv.Itoa(len(s.Lines)) + ")\n\n")
		for _, l := range s.Lines {
			b.WriteString("- " + markdown(l) + "\n")
		}
	}
	if d.Empty() {
		b.WriteString("\n" + say.Label("diff.none") + "\n")
	}
	_, err = io.WriteString(w, b.String())
	return err
}

var diffPage = template.Must(template.New("diff").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 "Segoe UI",Roboto,Arial,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;overflow-wrap:break-word}li{margin:.25rem 0}.bad h2{border-left:.4rem solid #b3261e;padding-left:.5rem}.good h2{border-left:.4rem solid #1a6b33;padding-left:.5rem}</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
<dl><dt>{{.OldName}}</dt><dd>{{.Old}}</dd><dt>{{.NewName}}</dt><dd>{{.New}}</dd></dl>
{{- range .Sections}}
<section class="{{if .Bad}}bad{{else}}good{{end}}"><h2>{{.Name}} ({{len .Lines}})</h2>
<ul>{{range .Lines}}
<li>{{.}}</li>{{end}}
</ul></section>
{{- else}}
<p>{{.None}}</p>
{{- end}}
</main>
</body>
</html>
`))

func diffHTML(w io.Writer, d *Difference, lang string, _ Options) error {
	say, err := words.New(lang)
	if err != nil {
		return err
	}
	var shown []diffSection
	for _, s := range d.sections(say) {
		if len(s.Lines) > 0 {
			s.Name = say.Label("diff." + s.Name)
			shown = append(shown, s)
		}
	}
	return diffPage.Execute(w, map[string]any{"Lang": say.Lang(), "Title": say.Label("diff.title"), "OldName": say.Label("diff.old"), "NewName": say.Label("diff.new"),
		"Old": d.Old.about(say), "New": d.New.about(say), "Sections": shown, "None": say.Label("diff.none")})
}
