package text

import "time"

// A Judgement says what became of a cryptographic signature. The names are those
// of the states in a report.
type Judgement string

// The judgements on a cryptographic signature, best first.
const (
	// Valid is a signature over what is shown, by a certificate that leads to a
	// root the user trusts.
	Valid Judgement = "valid"
	// ValidUntrusted is a signature over what is shown, whose certificate leads to
	// no such root, or was expired or revoked at the time of signing.
	ValidUntrusted Judgement = "valid_untrusted"
	// Undecided is a signature that cannot be judged, as one by an algorithm that
	// the program does not know.
	Undecided Judgement = "unknown"
	// Altered is a signature over something else than what is shown.
	Altered Judgement = "altered"
	// Broken is a signature that is none: its dictionary does not say what it
	// signs, or holds no signature.
	Broken Judgement = "broken"
)

// A Cause is why a signature is not [Valid], in one word for messages.
type Cause string

// The causes of judgements.
const (
	CauseIssuer    Cause = "issuer"    // the certificate leads to no trusted root
	CauseSelf      Cause = "self"      // the signer's certificate vouches for itself
	CauseExpired   Cause = "expired"   // a certificate was not valid at the time of signing
	CauseRevoked   Cause = "revoked"   // the issuer took the certificate back
	CauseDigest    Cause = "digest"    // the signed bytes were changed
	CausePages     Cause = "pages"     // what was added after signing changes pages
	CauseParts     Cause = "parts"     // signed parts of a Word file were changed
	CauseRange     Cause = "range"     // the range of signed bytes is not usable
	CauseContents  Cause = "contents"  // there is no signature in its place
	CauseSigner    Cause = "signer"    // the certificate is not the one that was signed with
	CauseAlgorithm Cause = "algorithm" // the program does not know the algorithm
	CauseFormat    Cause = "format"    // the signature cannot be parsed
	CauseLimit     Cause = "limit"     // judging takes more time or memory than it may
	CauseCovered   Cause = "uncovered" // parts that are shown are not signed
	CauseWeak      Cause = "weak"      // valid, by an algorithm that is no longer safe
	CauseLater     Cause = "later"     // valid, and something harmless was added later
	CauseNone      Cause = ""          // valid
)

// The sources of the time of a signature.
const (
	TimeStamped = "timestamp" // by a timestamp authority, RFC 3161
	TimeClaimed = "claimed"   // by the signer, as the signer says
)

// A Signature is a cryptographic signature of a file with the judgement on it.
type Signature struct {
	State Judgement
	Cause Cause
	// Detail names what the cause is about: the pages or parts that were
	// changed, the algorithm, the rule that is broken. It is data, not a sentence.
	Detail string

	Signer string // common name of the certificate
	Issuer string // common name of who issued it
	Reason string // as the signer wrote, which may name the official
	// Time is when it was signed, zero if that is not known, and TimeSource who
	// says so: [TimeStamped] or [TimeClaimed].
	Time       time.Time
	TimeSource string
	// Stamp is true for a document timestamp, which nobody signed with.
	Stamp bool

	Field string // name of the form field
	Page  int    // of the field, from 1; 0 if it stands on none
	Box   Box    // of the field on its page
	// Revision is the revision of the file that it covers, from 1 to Revisions.
	Revision, Revisions int
}

// A Request is a line of a Word document where a signature is asked for.
type Request struct {
	Signer, Title string // who is to sign
	Signed        bool   // a cryptographic signature was made for it
}
