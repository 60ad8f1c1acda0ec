package report

import (
	"fmt"
	"io"
	"path"
	"strings"

	"dasheval/checker/words"
)

// An UnknownError says that a report holds neither a criterion nor a file of
// the name.
type UnknownError struct {
	Name    string
	Nearest []string // names that may have been meant, the nearest first
}

func (e *UnknownError) Error() string {
	if len(e.Nearest) == 0 {
		return fmt.Sprintf("no criterion or file %q", e.Name)
	}
	return fmt.Sprintf("no criterion or file %q; did you mean %s?", e.Name, strings.Join(e.Nearest, ", "))
}

// Explain writes all that the report knows about one criterion, named by its
// code, or one file, named by its path or by the end of its path if only one
// file ends so. A name that stands for nothing is an [*UnknownError].
func Explain(w io.Writer, r *Report, name, lang string, opt Options) error {
	t, err := newText(r, lang, opt)
	if err != nil {
		return err
	}
	if !t.explain(name) {
		return &UnknownError{name, r.nearest(name)}
	}
	_, err = w.Write(t.Bytes())
	return err
}

func (t *text) explain(name string) bool {
	for i := range t.r.Criteria {
		if strings.EqualFold(t.r.Criteria[i].Code, strings.TrimSpace(name)) {
			t.explainItem(&t.r.Criteria[i])
			return true
		}
	}
	full, ok := t.r.file(name)
	if !ok {
		return false
	}
	for i := range t.r.Documents {
		if t.r.Documents[i].Path == full {
			t.explainFile(&t.r.Documents[i])
			return true
		}
	}
	for _, f := range t.r.Ignored {
		if f.Path == full {
			t.WriteString(t.style(bold, t.say.Label("explain.file", clean(f.Path))) + "\n")
			t.line(0, plain, "", t.say.Label("explain.ignored", t.say.Name("ignored", f.Reason)))
			return true
		}
	}
	return false
}

// paths lists every file that the report names.
func (r *Report) paths() []string {
	var out []string
	for _, d := range r.Documents {
		out = append(out, d.Path)
	}
	for _, f := range r.Ignored {
		out = append(out, f.Path)
	}
	return out
}

// file returns the path of the one file that name stands for.
func (r *Report) file(name string) (string, bool) {
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	var ends []string
	for _, p := range r.paths() {
		switch {
		case p == name:
			return p, true
		case strings.HasSuffix(p, "/"+name), strings.HasSuffix(p, "!"+name), strings.HasSuffix(name, "/"+p):
			ends = append(ends, p)
		}
	}
	if len(ends) != 1 {
		return "", false
	}
	return ends[0], true
}

// nearest lists criteria and files that a misspelt name may have meant.
func (r *Report) nearest(name string) []string {
	const most = 3
	var codes, holding []string
	for _, c := range r.Criteria {
		codes = append(codes, c.Code)
	}
	if near := words.Nearest(name, codes, most); len(near) > 0 {
		return near
	}
	for _, p := range r.paths() {
		if name != "" && strings.Contains(strings.ToLower(p), strings.ToLower(path.Base(name))) {
			holding = append(holding, p)
		}
	}
	if len(holding) > 0 {
		return holding[:min(most, len(holding))]
	}
	return words.Nearest(name, r.paths(), most)
}
