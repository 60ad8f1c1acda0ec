package docxsig

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto"
	"errors"
	"io"
	"net/url"
	"strings"

	"dasheval/checker/text"
)

// The limits on a package are those of its reader. What is read as a tree of
// elements has its own, since trees take time and memory.
const (
	maxEntries = 20_000
	maxPart    = 256 << 20 // bytes of one part; all reading together may take twice as much
	maxRatio   = 200       // unpacked to packed size of a part above ratioFloor
	ratioFloor = 1 << 20
	maxWork    = 10_000_000 // nodes that may be copied, each once for every level it is deep
)

// A pack is the zip container of a document with what is left of its limits.
type pack struct {
	files map[string]*zip.File // by folded name
	twice string               // a name that two files have, or ""
	size  int64
	left  int64 // bytes that may still be read
	work  int   // nodes that may still be copied

	sums  map[sum][]byte
	rels  map[string]relations // by folded name of the .rels part
	types *contentTypes        // nil until asked for
}

type sum struct {
	part string // folded name
	hash crypto.Hash
}

func newPack(data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxEntries {
		return nil, undecided(text.CauseLimit, "entries")
	}
	p := &pack{
		files: make(map[string]*zip.File, len(z.File)), size: int64(len(data)),
		left: 2 * maxPart, work: maxWork,
		sums: make(map[sum][]byte), rels: make(map[string]relations),
	}
	for _, f := range z.File {
		name := fold(f.Name)
		if p.files[name] != nil && p.twice == "" {
			p.twice = f.Name
		}
		if p.files[name] == nil {
			p.files[name] = f
		}
	}
	return p, nil
}

// fold returns the name of a part as it is compared: ECMA-376 part 2 has names
// without regard to case, and some producers write backslashes.
func fold(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// find returns the folded name of the part that is named, which may be
// escaped, or "".
func (p *pack) find(name string) string {
	if f := fold(name); p.files[f] != nil {
		return f
	}
	if s, err := url.PathUnescape(name); err == nil && p.files[fold(s)] != nil {
		return fold(s)
	}
	return ""
}

// spend takes n from the work that is left.
func (p *pack) spend(n int) error {
	if p.work -= n; p.work < 0 {
		return undecided(text.CauseLimit, "work")
	}
	return nil
}

// open returns the bytes of a part, of which there may be only so many.
func (p *pack) open(ctx context.Context, name string, most int64) (io.ReadCloser, error) {
	f := p.files[name]
	if f == nil {
		return nil, broken(text.CauseContents, name)
	}
	if f.Flags&1 != 0 { // encrypted
		return nil, undecided(text.CauseFormat, f.Name)
	}
	rc, err := f.Open()
	if err != nil {
		return nil, undecided(text.CauseFormat, f.Name)
	}
	// The packed size is what the file claims; it cannot be more than the file.
	packed := max(min(int64(f.CompressedSize64), p.size), 0)
	n := int64(0)
	return reader{rc, func(b []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		k, err := rc.Read(b)
		n += int64(k)
		p.left -= int64(k)
		if n > most || p.left < 0 || n > ratioFloor && n/maxRatio > packed {
			return 0, undecided(text.CauseLimit, f.Name)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			err = undecided(text.CauseFormat, f.Name)
		}
		return k, err
	}}, nil
}

type reader struct {
	io.Closer
	read func([]byte) (int, error)
}

func (r reader) Read(b []byte) (int, error) { return r.read(b) }

// copy writes the bytes of a part to w.
func (p *pack) copy(ctx context.Context, name string, w io.Writer, most int64) error {
	r, err := p.open(ctx, name, most)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r)
	return err
}

// digest returns the digest of the bytes of a part.
func (p *pack) digest(ctx context.Context, name string, hash crypto.Hash) ([]byte, error) {
	key := sum{name, hash}
	if p.sums[key] == nil {
		h := hash.New()
		if err := p.copy(ctx, name, h, maxPart); err != nil {
			return nil, err
		}
		p.sums[key] = h.Sum(nil)
	}
	return p.sums[key], nil
}

// tree reads a part as a tree.
func (p *pack) tree(ctx context.Context, name string) (*tree, error) {
	var b bytes.Buffer
	if err := p.copy(ctx, name, &b, maxXML); err != nil {
		return nil, err
	}
	t, err := parse(b.Bytes(), p.files[name].Name)
	if err != nil {
		return nil, err
	}
	return t, p.spend(t.cost(t.root))
}
