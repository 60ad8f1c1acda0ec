package pdfsig

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"strings"
	"time"
	"unicode"

	"dasheval/checker/internal/native"
	"dasheval/checker/text"
)

// date finds the timestamp that proves when s was signed, if the user trusts
// it.
func (v *verifier) date(s *signature) *fault {
	if s.message == nil {
		return nil
	}
	v.keys.addMessage(s.message)
	if s.Stamp {
		if v.keys.proves(s.stamp) == nil {
			s.proven = s.stamp
		}
		return nil
	}
	if t := s.message.stamped(v.keys.certificates); t != nil && v.keys.proves(t) == nil {
		s.proven = t
	}
	return nil
}

// moment returns the time by which the certificate of s is judged: that of a
// trusted timestamp of the signature, else of the first document timestamp
// that covers it, else the day that the user judges by.
func (v *verifier) moment(s *signature) moment {
	if s.proven != nil {
		return moment{s.proven.time, true}
	}
	for _, o := range v.found { // in the order of revisions
		if o.Stamp && o.intact && o.proven != nil && o.cover.end > s.cover.end {
			return moment{o.proven.time, true}
		}
	}
	return moment{Time: v.keys.now}
}

// believe judges the certificate of s and names who signed, and when.
func (v *verifier) believe(s *signature) *fault {
	if s.dict != nil && !v.locked {
		s.Reason = v.string(s.dict.Value("Reason"))
	}
	if s.message == nil {
		return nil
	}
	s.Signer, s.Issuer = name(s.message.signer.Subject), name(s.message.signer.Issuer)
	at := v.moment(s)
	s.Time, s.TimeSource = at.Time, text.TimeStamped
	if !at.proven {
		s.Time, s.TimeSource = v.claimed(s), text.TimeClaimed
		if s.Time.IsZero() {
			s.TimeSource = ""
		}
	}
	if s.Stamp {
		return v.keys.proves(s.stamp)
	}
	return v.keys.trusts(s.message, at, x509.ExtKeyUsageAny)
}

// claimed returns the time of signing that nobody vouches for.
func (v *verifier) claimed(s *signature) time.Time {
	if s.Stamp {
		return s.stamp.time
	}
	if t := s.message.claimed(); !t.IsZero() {
		return t
	}
	if t := parseDate(v.string(s.dict.Value("M"))); !t.IsZero() && !v.locked {
		return t
	}
	if t := s.message.stamped(v.keys.certificates); t != nil {
		return t.time
	}
	return time.Time{}
}

// parseDate reads a date, ISO 32000-2, 7.9.4, zero if it is none.
func parseDate(s string) time.Time {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "D:"), "'", "")
	for _, layout := range []string{"20060102150405Z0700", "20060102150405Z0000", "20060102150405", "200601021504", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// judged returns the result.
func (s *signature) judged() text.Signature {
	out := s.Signature
	switch {
	case s.fault != nil:
		out.State, out.Cause, out.Detail = s.fault.state, s.fault.cause, s.fault.detail
	case s.message.weak != "":
		out.State, out.Cause, out.Detail = text.Valid, text.CauseWeak, s.message.weak
	case s.later:
		out.State, out.Cause = text.Valid, text.CauseLater
	default:
		out.State = text.Valid
	}
	return out
}

// string returns the text of a string of the dictionary, "" if it is none.
func (v *verifier) string(value any) string {
	if v.final != nil {
		value = v.final.Get(value)
	}
	s, _ := value.(native.String)
	return legible(s.Text())
}

// name returns the common name, or else the organisation.
func name(n pkix.Name) string {
	s := n.CommonName
	if s == "" {
		s = strings.Join(n.Organization, ", ")
	}
	return legible(s)
}

// maxWords bounds what a signer wrote, in bytes.
const maxWords = 2000

// legible returns a string that may be printed.
func legible(s string) string {
	return strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s[:min(len(s), maxWords)]), "")
}
