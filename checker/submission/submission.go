// Package submission packs evidence for handing in: the files in the order of the
// instrument under names that say which item they serve, a list to print, and a
// manifest for programs.
//
// It copies and never moves. It promises that every file of the pile is in the
// package once, but for what is no evidence, that each has the bytes that were
// evaluated, and that the same pile gives the same bytes.
package submission

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"dasheval/checker/internal/wordml"
	"dasheval/checker/report"
	"dasheval/checker/words"
)

// Schema names the form of the manifest.
const Schema = "dasheval.submission/1"

// A Manifest tells what is in a package.
type Manifest struct {
	Schema    string       `json:"schema"`
	Tool      report.Tool  `json:"tool"`
	Pack      report.Layer `json:"pack"`
	Predicate string       `json:"predicate"`
	Unit      string       `json:"unit"`
	Year      int          `json:"year"`
	Today     string       `json:"today"` // day of the evaluation
	Files     []File       `json:"files"`
	// Missing are the items for which no evidence is in the package.
	Missing []string `json:"missing"`
	// Ignored are files of the pile that are no evidence, and were left out.
	Ignored []string `json:"ignored"`
}

// A File is one file of the package.
type File struct {
	Name   string  `json:"name"`   // in the package
	Source string  `json:"source"` // in the pile
	SHA256 string  `json:"sha256"`
	Bytes  int64   `json:"bytes"`
	Proves []Proof `json:"proves"` // nothing if it serves no item
}

// A Proof is an evidence line that a file serves.
type Proof struct {
	Criterion   string `json:"criterion"`
	Requirement string `json:"requirement"`
	Page        *int   `json:"page"` // on which it shows what it is, null if it has no pages or nothing shows
}

// Missing lists the items whose verdict is missing: for which there is no evidence,
// and nobody has waived that.
func Missing(r *report.Report) []string {
	out := []string{}
	for _, c := range r.Criteria {
		if c.Verdict == "missing" {
			out = append(out, c.Code)
		}
	}
	return out
}

// Plan names every file of the package, in the order of the instrument.
func Plan(r *report.Report, lang string) (*Manifest, error) {
	say, err := words.New(lang)
	if err != nil {
		return nil, err
	}
	m := &Manifest{Schema: Schema, Tool: r.Tool, Pack: report.Layer{ID: r.Pack.ID, Version: r.Pack.Version, SHA256: r.Pack.SHA256},
		Predicate: r.Predicate, Unit: r.Unit.Name, Year: r.Period.Year, Today: r.Period.Today, Files: []File{}, Missing: Missing(r), Ignored: []string{}}
	for _, f := range r.Ignored {
		m.Ignored = append(m.Ignored, f.Path)
	}
	documents, proofs := map[string]*report.Document{}, map[string][]Proof{}
	for i := range r.Documents {
		d := &r.Documents[i]
		documents[d.Path] = d
		for _, x := range d.Matches {
			proofs[d.Path] = append(proofs[d.Path], Proof{x.Criterion, x.Requirement, d.Shows().Page})
		}
	}
	taken, packed := map[string]bool{}, map[string]bool{}
	add := func(folder, source string, n int) {
		d := documents[source]
		if d == nil || packed[source] {
			return
		}
		packed[source] = true
		if proofs[source] == nil {
			proofs[source] = []Proof{}
		}
		m.Files = append(m.Files, File{Name: unique(taken, folder, n, source), Source: source, SHA256: d.SHA256, Bytes: d.Bytes, Proves: proofs[source]})
	}
	areas := map[string]string{}
	for _, s := range r.Score.Sections {
		areas[s.Code] = s.Title.In(say.Lang())
	}
	for _, c := range r.Criteria {
		folder := path.Join(tidy(c.Area+" "+areas[c.Area], 48), tidy(c.Code, 32))
		n := 0
		for _, q := range c.Requirements {
			for _, source := range q.Documents {
				if !packed[source] {
					n++
					add(folder, source, n)
				}
			}
		}
	}
	rest := 0
	for _, d := range r.Documents {
		if !packed[d.Path] {
			rest++
			add(tidy("ZZ "+say.Label("submission.rest"), 48), d.Path, rest)
		}
	}
	return m, nil
}

// unique names a file in a folder, numbered in its order.
func unique(taken map[string]bool, folder string, n int, source string) string {
	base := source[strings.LastIndexAny(source, "/!")+1:]
	ext := path.Ext(base)
	if len(ext) > 6 {
		ext = ""
	}
	stem := tidy(strings.TrimSuffix(base, ext), 80)
	name := path.Join(folder, fmt.Sprintf("%03d %s%s", n, stem, tidy(ext, 6)))
	for k := 2; taken[strings.ToLower(name)]; k++ {
		name = path.Join(folder, fmt.Sprintf("%03d %s (%d)%s", n, stem, k, tidy(ext, 6)))
	}
	taken[strings.ToLower(name)] = true
	return name
}

// tidy makes a name that every system takes: without what Windows forbids, and so
// short that paths stay short.
func tidy(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r), unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most])
	}
	s = strings.Trim(s, " ")
	if strings.Trim(s, ".") == "" || len(s) > 1 && strings.HasSuffix(s, ".") {
		s = strings.TrimRight(s, ".") + "_"
	}
	return s
}

// A ChangedError says that a file has other bytes than those that were evaluated.
type ChangedError struct{ Source string }

func (e *ChangedError) Error() string { return e.Source + " has changed since it was evaluated" }

// Write writes the package to w. Open opens a file of the pile by its path. A file
// whose bytes have changed is a [*ChangedError], and what was written is no package.
func Write(w io.Writer, r *report.Report, m *Manifest, open func(source string) (io.ReadCloser, error), lang string) error {
	say, err := words.New(lang)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	put := func(name string, content func(io.Writer) error) error {
		to, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		return content(to)
	}
	if err := put("00 "+tidy(say.Label("submission.title"), 60)+".docx", func(w io.Writer) error { return cover(w, r, m, say) }); err != nil {
		return err
	}
	if err := put("manifest.json", func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(m)
	}); err != nil {
		return err
	}
	for _, f := range m.Files {
		if err := put(f.Name, func(w io.Writer) error { return copyFile(w, f, open) }); err != nil {
			return err
		}
	}
	return z.Close()
}

func copyFile(w io.Writer, f File, open func(string) (io.ReadCloser, error)) error {
	in, err := open(f.Source)
	if err != nil {
		return fmt.Errorf("open %s: %w", f.Source, err)
	}
	defer in.Close()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, sum), in); err != nil {
		return fmt.Errorf("copy %s: %w", f.Source, err)
	}
	if f.SHA256 != "" && hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return &ChangedError{f.Source}
	}
	return nil
}

// Widths of the columns of the list: number, file, items and page.
var columns = []int{700, 6366, 2800}

// cover writes the list to print.
func cover(w io.Writer, r *report.Report, m *Manifest, say *words.Catalogue) error {
	var b wordml.Writer
	b.English = say.Lang() == "en"
	b.Paragraph("Title", b.Run(say.Label("submission.title"), ""))
	b.Paragraph("Subtitle", b.Run(fmt.Sprintf("%s · %s %s · %d", m.Unit, r.Pack.Title.In(say.Lang()), m.Predicate, m.Year), ""))
	b.Paragraph("Lead", b.Run(say.Label("submission.intro", len(m.Files), say.Date(m.Today)), ""))
	if len(m.Missing) > 0 {
		b.Paragraph("Lead", b.Run(say.Label("submission.missing", len(m.Missing), strings.Join(m.Missing, ", ")), "Strong"))
	}
	folder, n := "", 0
	for _, f := range m.Files {
		if dir := path.Dir(f.Name); dir != folder {
			if folder != "" {
				b.EndTable()
			}
			folder = dir
			b.Heading(3, b.Run(dir, ""))
			b.Table(columns, say.Label("letter.col.number"), say.Label("submission.file"), say.Label("submission.items"))
		}
		n++
		b.Row(func() {
			b.Cell(columns[0], func() { b.Paragraph("Cell", b.Run(fmt.Sprint(n), "")) })
			b.Cell(columns[1], func() {
				b.Paragraph("Cell", b.Run(path.Base(f.Name), ""))
				b.Paragraph("Cell", b.Run("sha256 "+f.SHA256, "Soft"))
			})
			b.Cell(columns[2], func() { b.Paragraph("Cell", b.Run(strings.Join(items(f, say), ", "), "")) })
		})
	}
	if folder != "" {
		b.EndTable()
	}
	b.Paragraph("Tight", "") // a table cannot be the end of a document
	var out bytes.Buffer
	if err := b.Save(&out, nil, [][2]string{{"page", say.Label("page")}, {"foot", say.Label("submission.title") + " – " + m.Unit}}); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}

// items names the items that a file serves, each once, with the page.
func items(f File, say *words.Catalogue) []string {
	var out []string
	for _, p := range f.Proves {
		s := p.Criterion
		if p.Page != nil {
			s += " (" + say.Label("report.page", *p.Page) + ")"
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return []string{"–"}
	}
	return out
}
