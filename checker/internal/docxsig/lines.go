package docxsig

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"strings"

	"dasheval/checker/text"
)

const nsLine = "urn:schemas-microsoft-com:office:office"

// maxLines bounds the signature lines that are listed.
const maxLines = 1000

// A Line is a place for a signature in the text (o:signatureline).
type Line struct {
	Signer string // who is suggested to sign
	Title  string // the office of that person
	// Signed is true if a signature that is valid, trusted or not, names this
	// line, or names none and was made by the suggested signer.
	Signed bool
	ID     string // which signatures name it by, [text.Signature.Field]
}

// lines returns the signature lines of the main part, those that were found
// before something went wrong. What is wrong with the part is for its reader.
func (p *pack) lines(ctx context.Context, sigs []text.Signature) []Line {
	main, _ := p.mainPart(ctx)
	// Few documents have such a line, and looking for the word is ten times
	// faster than reading the elements.
	look := &finder{word: []byte("signatureline")}
	if p.copy(ctx, main.name, look, maxPart) != nil || !look.found {
		return nil
	}
	r, err := p.open(ctx, main.name, maxPart)
	if err != nil {
		return nil
	}
	defer r.Close()
	out := readLines(bufio.NewReader(r))
	for i, line := range out {
		out[i].Signed = line.signedBy(sigs)
	}
	return out
}

func readLines(r io.Reader) []Line {
	var out []Line
	for dec := xml.NewDecoder(r); len(out) < maxLines; {
		tok, err := dec.Token()
		if err != nil {
			break
		}
		e, ok := tok.(xml.StartElement)
		if !ok || e.Name != (xml.Name{Space: nsLine, Local: "signatureline"}) {
			continue
		}
		var line Line
		for _, a := range e.Attr {
			switch a.Name.Local {
			case "suggestedsigner":
				line.Signer = clip(a.Value)
			case "suggestedsigner2":
				line.Title = clip(a.Value)
			case "id":
				line.ID = clip(a.Value)
			}
		}
		out = append(out, line)
	}
	return out
}

func (l Line) signedBy(sigs []text.Signature) bool {
	for _, sig := range sigs {
		if sig.State != text.Valid && sig.State != text.ValidUntrusted {
			continue
		}
		if same(sig.Field, l.ID) || sig.Field == "" && same(sig.Signer, l.Signer) {
			return true
		}
	}
	return false
}

// same compares names or identifiers, of which an empty one is like no other.
func same(a, b string) bool {
	a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
	return a != "" && strings.EqualFold(a, b)
}

// A finder looks for a word in what is written to it.
type finder struct {
	word, tail []byte
	found      bool
}

func (f *finder) Write(b []byte) (int, error) {
	joined := append(f.tail, b...)
	f.found = f.found || bytes.Contains(joined, f.word)
	f.tail = bytes.Clone(joined[max(0, len(joined)-len(f.word)+1):])
	return len(b), nil
}
