package checklist_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"dasheval/checker/checklist"
	"dasheval/checker/words"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	parser "golang.org/x/net/html"
)

var update = flag.Bool("update", false, "rewrite the golden files from what the code does now")

// TestGolden compares the checklist of the small pack in testdata with what a
// person has approved. Of a DOCX file it is the body.
func TestGolden(t *testing.T) {
	pack := tiny(t)
	pack.SHA256 = strings.Repeat("0", 64) // it takes in the packs that this one extends
	for _, f := range checklist.Formats() {
		for _, lang := range words.Languages() {
			got := rendered(t, pack, f, lang)
			name := fmt.Sprintf("testdata/want.%s.%s", lang, f.Name)
			if f.Name == "docx" {
				got = strings.ReplaceAll(part(t, got, "word/document.xml"), "<w:p>", "\n<w:p>")
				name = fmt.Sprintf("testdata/want.%s.docx.xml", lang)
			}
			if *update {
				require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			assert.Equal(t, string(want), got, name)
		}
	}
}

// TestStandard renders the built-in pack and looks for every item and every
// evidence line, and for labels without anything to say.
func TestStandard(t *testing.T) {
	fsys, err := rules.Builtins(rules.Standard)
	require.NoError(t, err)
	pack, err := rules.Load(fsys, nil)
	require.NoError(t, err)
	lines := 0
	for _, item := range pack.Items() {
		lines += len(item.Evidence)
	}
	for _, f := range checklist.Formats() {
		for _, lang := range words.Languages() {
			out := rendered(t, pack, f, lang)
			assert.Equal(t, out, rendered(t, pack, f, lang), "%s %s: twice the same", f.Name, lang)
			text, boxes := read(t, f.Name, out)
			assert.Equal(t, lines, boxes, "%s %s: tick boxes", f.Name, lang)
			assert.NotContains(t, text, "checklist.", "%s %s: a label is absent", f.Name, lang)
			assert.NotContains(t, text, "%!", "%s %s", f.Name, lang)
			for _, item := range pack.Items() {
				assert.Contains(t, text, item.Code+" ", "%s %s", f.Name, lang)
				assert.Contains(t, text, item.Title.In(lang), "%s %s %s", f.Name, lang, item.Code)
				for _, q := range item.Evidence {
					assert.Contains(t, text, pack.Type(q.Document).Name.In(lang), "%s %s %s", f.Name, lang, q.ID)
					assert.Contains(t, text, q.Shows.In(lang), "%s %s %s", f.Name, lang, q.ID)
				}
			}
			for _, g := range pack.Gates {
				assert.Contains(t, text, g.Text.In(lang), "%s %s", f.Name, lang)
			}
			assert.Empty(t, hollow[f.Name].FindString(out), "%s %s: a line without anything", f.Name, lang)
		}
	}
}

// hollow matches a line with nothing in it, or a label with nothing to say.
var hollow = map[string]*regexp.Regexp{
	"md":   regexp.MustCompile(`(?m)^ +- *$|^ *- (\[ \] )?\*\*[^*]*\*\* *\(?\)?$|:\*\* *;|\n\n\n`),
	"html": regexp.MustCompile(`<(dd|dt|li|dl|p|b|h\d|span|ul|label)\b[^>]*>\s*</`),
	"docx": regexp.MustCompile(`<w:t[^>]*></w:t>`),
}

// TestLittle leaves out of a pack what can be absent.
func TestLittle(t *testing.T) {
	pack := tiny(t)
	pack.Gates, pack.Regulation, pack.Subjects = nil, "", nil
	for _, item := range pack.Items() {
		item.Levels, item.Inputs, item.Basis = nil, nil, ""
		for _, q := range item.Evidence {
			*q = rules.Requirement{ID: q.ID, Document: q.Document, Need: q.Need, Item: item}
		}
	}
	for _, typ := range pack.Types {
		*typ = rules.Type{ID: typ.ID, Name: typ.Name}
	}
	for _, f := range checklist.Formats() {
		out := rendered(t, pack, f, "id")
		assert.Empty(t, hollow[f.Name].FindString(out), f.Name)
		text, _ := read(t, f.Name, out)
		for _, label := range []string{"Tanda tangan:", "Alasan", "Cara menjawab", "Ambang"} {
			assert.NotContains(t, text, label, f.Name)
		}
	}
}

// TestHostile writes texts into a pack that would be markup somewhere, and wants
// the same structure as with harmless ones.
func TestHostile(t *testing.T) {
	hostile := []string{
		"</script><script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "'); alert(1); ('", "{{body}}", "{{.}}",
		"]]></w:t></w:r></w:p><w:p>", "a | b | c", "`x` **y** [z](javascript:alert(1)) <!-- ", "# x", "\x00\x1b[31m\u202ex", "javascript:alert(1)",
		"a\n\n- b\n# c", "</style><style>*{}", "x\ufffe",
	}
	for _, f := range checklist.Formats() {
		want := shape(t, f.Name, rendered(t, filled(t, "harmless"), f, "id"))
		for _, text := range hostile {
			out := rendered(t, filled(t, text), f, "id")
			assert.Equal(t, want, shape(t, f.Name, out), "%s: %q", f.Name, text)
			assert.NotContains(t, out, "<script>alert", f.Name)
			assert.NotContains(t, out, "\u202e", f.Name)
		}
	}
}

// TestPage holds that the page runs its own script and nothing else, and asks
// for nothing from elsewhere.
func TestPage(t *testing.T) {
	out := rendered(t, tiny(t), format(t, "html"), "en")
	assert.Contains(t, out, `<html lang="en"`)
	assert.NotRegexp(t, `(?i)\b(?:src|href)\s*=\s*["']?(?:https?:|//)|@import|url\(`, out)
	policy := html.UnescapeString(regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(out)[1])
	assert.Contains(t, policy, "default-src 'none'")
	for _, tag := range []string{"script", "style"} {
		inner := regexp.MustCompile(`(?s)<`+tag+`>(.*?)</`+tag+`>`).FindAllStringSubmatch(out, -1)
		require.Len(t, inner, 1, tag)
		sum := sha256.Sum256([]byte(inner[0][1]))
		assert.Contains(t, policy, tag+"-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
}

func TestDocument(t *testing.T) {
	out := rendered(t, tiny(t), format(t, "docx"), "id")
	footer := part(t, out, "word/footer1.xml")
	assert.Contains(t, footer, "Daftar Periksa Bukti Dukung – Instrumen kecil")
	assert.NotContains(t, footer+part(t, out, "word/document.xml"), "{{")
	styles := part(t, out, "word/styles.xml")
	for _, m := range regexp.MustCompile(`<w:[prt]\w*Style w:val="(\w+)"`).FindAllStringSubmatch(part(t, out, "word/document.xml"), -1) {
		assert.Contains(t, styles, `w:styleId="`+m[1]+`"`, "a style that the template lacks")
	}
}

// TestMistake wants the place of a check that does not fit its parameters.
func TestMistake(t *testing.T) {
	pack := tiny(t)
	pack.Types[0].Checks = append(pack.Types[0].Checks, rules.CheckUse{Name: "fraze", Pos: rules.Pos{File: "types/all.yaml", Line: 3, Column: 1}})
	_, err := checklist.New(pack, 0)
	assert.ErrorContains(t, err, `types/all.yaml:3:1: unknown check "fraze"`)
}

func tiny(t *testing.T) *rules.Pack {
	t.Helper()
	fsys, lib, err := rules.Open("testdata/pack")
	require.NoError(t, err)
	pack, err := rules.Load(fsys, lib)
	require.NoError(t, err)
	return pack
}

// filled is the small pack with text in place of every text for people.
func filled(t *testing.T, text string) *rules.Pack {
	t.Helper()
	pack := tiny(t)
	fill(reflect.ValueOf(pack).Elem(), text, map[uintptr]bool{})
	pack.ID, pack.Version, pack.Regulation, pack.SHA256 = text, text, text, text
	for _, c := range pack.Components {
		c.Code = text
		for _, p := range c.Parts {
			p.Code = text
			for _, a := range p.Areas {
				a.Code = text
			}
		}
	}
	for _, item := range pack.Items() {
		item.Code, item.Basis = text, text
		for _, l := range item.Levels {
			l.Name = text
		}
		for _, q := range item.Evidence {
			q.ID = text
		}
	}
	for _, typ := range pack.Types {
		typ.Aliases, typ.Basis = []string{text}, text
	}
	for _, g := range pack.Gates {
		g.Predicate, g.Scope = text, []string{text}
	}
	return pack
}

// fill sets every rules.Text below v that can be set and holds something.
func fill(v reflect.Value, text string, seen map[uintptr]bool) {
	if v.Type() == reflect.TypeFor[rules.Text]() {
		if v.CanSet() && !v.IsZero() {
			v.Set(reflect.ValueOf(rules.Text{ID: text, EN: text + " en"}))
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && !seen[v.Pointer()] {
			seen[v.Pointer()] = true
			fill(v.Elem(), text, seen)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), text, seen)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if v.MapIndex(k).Kind() == reflect.Pointer {
				fill(v.MapIndex(k), text, seen)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), text, seen)
			}
		}
	}
}

func format(t *testing.T, name string) checklist.Format {
	t.Helper()
	for _, f := range checklist.Formats() {
		if f.Name == name {
			return f
		}
	}
	require.Fail(t, "no format "+name)
	return checklist.Format{}
}

func rendered(t *testing.T, pack *rules.Pack, f checklist.Format, lang string) string {
	t.Helper()
	list, err := checklist.New(pack, 2025)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, list, lang))
	return b.String()
}

// part returns a part of a DOCX file.
func part(t *testing.T, docx, name string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(docx), int64(len(docx)))
	require.NoError(t, err)
	f, err := z.Open(name)
	require.NoError(t, err)
	defer f.Close()
	raw, err := io.ReadAll(f)
	require.NoError(t, err)
	return string(raw)
}

var escaped = regexp.MustCompile(`\\([^\w\s])`)

// read returns the words that a reader sees, and the number of tick boxes.
func read(t *testing.T, format, out string) (text string, boxes int) {
	t.Helper()
	var b strings.Builder
	switch format {
	case "md":
		return escaped.ReplaceAllString(out, "$1"), strings.Count(out, "- [ ] ")
	case "docx":
		body := part(t, out, "word/document.xml")
		for d := xml.NewDecoder(strings.NewReader(body)); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			switch token := token.(type) {
			case xml.CharData:
				b.Write(token)
			case xml.EndElement:
				if token.Name.Local == "p" {
					b.WriteByte('\n')
				}
			}
		}
		return b.String(), strings.Count(body, "<w14:checkbox>")
	}
	for z := parser.NewTokenizer(strings.NewReader(out)); ; {
		switch z.Next() {
		case parser.ErrorToken:
			return b.String(), strings.Count(out, "<input type=\"checkbox\"")
		case parser.TextToken:
			if raw := z.Token().Data; !strings.Contains(raw, "'use strict'") {
				b.WriteString(raw)
			}
		}
	}
}

// shape tells the structure of a document without its words.
func shape(t *testing.T, format, out string) string {
	t.Helper()
	var b strings.Builder
	switch format {
	case "md":
		plain := regexp.MustCompile(`\\[^\w\s]`).ReplaceAllString(out, "x")
		for line := range strings.Lines(plain) {
			start, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			fmt.Fprintf(&b, "%s %d %d\n", regexp.MustCompile(`^(#+|-|\|)?`).FindString(start), strings.Count(line, "|"), strings.Count(line, "**"))
			assert.NotRegexp(t, "[<>`]", line)
		}
	case "docx":
		for d := xml.NewDecoder(strings.NewReader(part(t, out, "word/document.xml"))); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			if e, ok := token.(xml.StartElement); ok {
				fmt.Fprintln(&b, e.Name.Local)
			}
		}
	case "html":
		for z := parser.NewTokenizer(strings.NewReader(out)); ; {
			kind := z.Next()
			if kind == parser.ErrorToken {
				break
			}
			token := z.Token()
			if kind != parser.StartTagToken && kind != parser.EndTagToken {
				continue
			}
			fmt.Fprint(&b, kind, token.Data)
			for _, a := range token.Attr {
				fmt.Fprint(&b, " ", a.Key)
				assert.False(t, a.Key == "href" && !strings.HasPrefix(a.Val, "#"), "a link to %s", a.Val)
			}
			fmt.Fprintln(&b)
		}
	}
	return b.String()
}
