package report

import (
	"bufio"
	"errors"
	"io"
	"reflect"
	"strings"

	"dasheval/checker/words"
)

// VerificationSchema names the form of a [Verification] in JSON.
const VerificationSchema = "dasheval.verify/1"

// A Verification says how files are signed, and nothing else about them.
type Verification struct {
	Schema string     `json:"schema"`
	Tool   Tool       `json:"tool"`
	Today  string     `json:"today"`
	Files  []Verified `json:"files"`
}

// Verified is one file.
type Verified struct {
	Path             string          `json:"path"`
	SHA256           string          `json:"sha256"`
	State            string          `json:"state"` // as of [Signature]; "unknown" for a file that cannot be read
	UnreadableReason *string         `json:"unreadable_reason"`
	Unread           [][2]int        `json:"unread"` // first and last pages of what was not read for certain
	Signatures       []Cryptographic `json:"signatures"`
	Blocks           []SignedBlock   `json:"blocks"`
	Requests         []Request       `json:"requests"`
	Attendance       *Attendance     `json:"attendance"` // null where the file holds no attendance list
}

// Cryptographic is one cryptographic signature.
type Cryptographic struct {
	State      string      `json:"state"`       // valid, valid_untrusted, altered, broken or unknown
	Cause      string      `json:"cause"`       // why it is not valid, or a remark; "" if there is none
	Detail     string      `json:"detail"`      // what the cause is about: pages, parts, an algorithm
	Kind       string      `json:"kind"`        // "signature" or "timestamp"
	Signer     string      `json:"signer"`      // common name of the certificate
	Issuer     string      `json:"issuer"`      // common name of who issued it
	Reason     string      `json:"reason"`      // as the signer wrote
	Time       string      `json:"time"`        // RFC 3339, "" if nothing tells
	TimeSource string      `json:"time_source"` // "timestamp" or "claimed"
	Field      string      `json:"field"`
	Page       *int        `json:"page"` // of its field; null if it stands on none
	Box        *[4]float64 `json:"box"`
	Revision   int         `json:"revision"` // of the file that it covers, from 1 to Revisions
	Revisions  int         `json:"revisions"`
}

// SignedBlock is one signature block.
type SignedBlock struct {
	State  string      `json:"state"`
	Title  string      `json:"title"`
	Name   string      `json:"name"`
	NIP    string      `json:"nip"`
	Acting string      `json:"acting"`
	Page   *int        `json:"page"`
	Box    *[4]float64 `json:"box"`
	QR     *string     `json:"qr"` // what a QR code in the block says; null if there is none
}

// Request is a signature line of a Word document.
type Request struct {
	Signer string `json:"signer"`
	Title  string `json:"title"`
	Signed bool   `json:"signed"`
}

// Attendance counts the rows of an attendance list.
type Attendance struct {
	Rows   int    `json:"rows"`
	Signed []bool `json:"signed"` // row by row
}

// WriteVerification writes v as "json", or for people as "text".
func WriteVerification(w io.Writer, v *Verification, format, lang string, opt Options) error {
	if format == "json" {
		j := jsonWriter{w: bufio.NewWriter(w)}
		j.value(reflect.ValueOf(v).Elem(), "")
		j.text("\n")
		return errors.Join(j.err, j.w.Flush())
	}
	say, err := words.New(lang)
	if err != nil {
		return err
	}
	p := &verifiedPage{newPage(opt), say}
	for _, f := range v.Files {
		p.file(f)
	}
	_, err = w.Write(p.Bytes())
	return err
}

type verifiedPage struct {
	*page
	say *words.Catalogue
}

func stateMark(state string) (mark, color string) {
	switch state {
	case "valid", "electronic_mark", "ink", "image":
		return "✓", green
	case "altered", "broken", "none":
		return "✗", red
	}
	return "?", yellow
}

func (p *verifiedPage) file(f Verified) {
	say := p.say
	if f.UnreadableReason != nil {
		p.line(0, yellow, "?", f.Path+": "+say.Name("unreadable", *f.UnreadableReason))
		if remedy := "remedy." + *f.UnreadableReason; say.Has(remedy) {
			p.line(2, plain, "→", say.Label(remedy))
		}
		return
	}
	if len(f.Unread) > 0 {
		defer func() { p.line(2, yellow, "?", say.Label("verify.unread", words.Pages(f.Unread))) }()
	}
	mark, color := stateMark(f.State)
	p.line(0, color, mark, f.Path+": "+say.Name("signature", f.State))
	for _, s := range f.Signatures {
		who := joined(", ", joined(" ", say.Label("verify."+s.Kind), s.Signer), prefixed(say.Label("verify.issuer")+" ", s.Issuer), timeOf(say, s))
		p.line(2, plain, "-", who+": "+say.Name("signature", s.State))
		if s.Cause != "" {
			p.line(4, plain, "", say.Label("verify.cause."+s.Cause)+prefixed(" ", bracketed(s.Detail)))
		}
		if s.Reason != "" {
			p.line(4, plain, "", say.Label("verify.reason", s.Reason))
		}
		if s.Page != nil {
			p.line(4, plain, "", say.Label("report.page", *s.Page))
		}
	}
	for _, b := range f.Blocks {
		at := ""
		if b.Page != nil {
			at = ", " + say.Label("report.page", *b.Page)
		}
		p.line(2, plain, "-", joined(", ", joined(" ", b.Acting, b.Title), b.Name, prefixed("NIP ", b.NIP))+at+": "+say.Name("signature", b.State))
		if b.QR != nil && *b.QR != "" {
			p.line(4, plain, "", say.Label("verify.qr", *b.QR))
		}
	}
	for _, r := range f.Requests {
		key := "verify.line.open"
		if r.Signed {
			key = "verify.line.signed"
		}
		p.line(2, plain, "-", say.Label(key, joined(", ", r.Signer, r.Title)))
	}
	if a := f.Attendance; a != nil {
		n := 0
		for _, s := range a.Signed {
			if s {
				n++
			}
		}
		p.line(2, plain, "-", say.Label("verify.attendance", n, a.Rows))
	}
}

// timeOf writes when a signature was made, and who says so.
func timeOf(say *words.Catalogue, s Cryptographic) string {
	if s.Time == "" {
		return ""
	}
	day, clock, _ := strings.Cut(s.Time, "T")
	return say.Label("verify.time."+s.TimeSource, day+" "+strings.TrimSuffix(clock, "Z")+" UTC")
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}
