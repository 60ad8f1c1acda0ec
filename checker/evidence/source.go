package evidence

import (
	"context"
	"iter"
	"strings"
)

// Dir returns a folder as a source. It is walked with all its sub-folders;
// links are listed and not followed; zip archives are expanded. A sub-folder
// that cannot be read is a file with Err. A root that is no folder, or cannot
// be read, ends the listing with an error.
func Dir(root string, opt Options) Source {
	return &pile{roots: []place{{path: root}}, want: wantFolder, opt: opt}
}

// Zip returns a zip archive as a source: the archive itself, then its members.
// A file of another format comes out as a damaged file.
func Zip(path string, opt Options) Source {
	return &pile{roots: []place{{path: path}}, want: wantZip, opt: opt}
}

// Single returns one file as a source, under its base name. If it is a zip
// archive it is expanded.
func Single(path string, opt Options) Source {
	return &pile{roots: []place{{path: path}}, want: wantFile, opt: opt}
}

// kind is what the roots of a pile must be.
type kind int

const (
	wantAny kind = iota
	wantFolder
	wantFile
	wantZip
)

// A pile is a source of some folders and files. It is safe for concurrent use.
type pile struct {
	roots []place
	want  kind
	opt   Options
}

// A place is where a root of a pile lies, and its name in front of the paths,
// which is empty for a sole root.
type place struct {
	path, name string
}

// String names the roots as they were handed in.
func (p *pile) String() string {
	paths := make([]string, len(p.roots))
	for i, r := range p.roots {
		paths[i] = r.path
	}
	return strings.Join(paths, ", ")
}

// Files implements [Source].
func (p *pile) Files(ctx context.Context) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		entries, err := p.walk(ctx)
		if err != nil {
			yield(File{}, err)
			return
		}
		x := expander{
			opt:    p.opt.withDefaults(),
			strict: p.want == wantZip,
			taken:  map[string]bool{},
			yield:  yield,
		}
		for _, e := range entries {
			if strings.Contains(e.path, "!") {
				x.taken[e.path] = true
			}
		}
		for _, e := range entries {
			if !x.entry(ctx, e) {
				return
			}
		}
	}
}
