package report

// Schema names the form of the report and its version. Within a major version
// names are only added.
const Schema = "dasheval.report/1"

// A Report is everything that is known after a run: ordered, self-contained,
// and without a sentence that depends on a language; words are rendered by the
// formats. The JSON form is a contract with other programs.
type Report struct {
	Schema string `json:"schema"`
	Tool   Tool   `json:"tool"`
	Pack   Pack   `json:"pack"`
	// Partial is true if the run was interrupted: what is here is true, but
	// not all of the pile was judged.
	Partial   bool        `json:"partial"`
	Predicate string      `json:"predicate"` // aimed at, such as "WBK"; "" if the instrument has none
	Unit      Unit        `json:"unit"`
	Period    Period      `json:"period"`
	Coverage  Coverage    `json:"coverage"`
	Score     Score       `json:"score"`
	Gates     []Gate      `json:"gates"`
	Fixes     []Fix       `json:"fixes"`
	Criteria  []Criterion `json:"criteria"`
	Documents []Document  `json:"documents"`
	Findings  []Finding   `json:"findings"`
	// Decisions are what people have decided about the pile, in the order of their
	// file.
	Decisions []Decision `json:"decisions"`
	Ignored   []Ignored  `json:"ignored"`
	// Unplaced lists readable documents that serve no item, with the nearest.
	Unplaced []Unplaced `json:"unplaced"`
	// Masked is true if numbers that identify people are hidden; see [Mask].
	Masked bool `json:"masked"`
	// Was compares with an earlier run; nil, and absent, unless one was given.
	Was *Was `json:"was,omitempty"`
	// Difference to the run that this one was compared with; nil, and absent,
	// unless one was given.
	Difference *Difference `json:"difference,omitempty"`
}

// A Tool tells which program made the report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// A Pack tells which rules were applied.
type Pack struct {
	ID      string `json:"id"`
	URN     string `json:"urn"`
	Version string `json:"version"`
	Title   Text   `json:"title"`
	// SHA256 is the digest over all files of the pack and of those it extends.
	SHA256 string `json:"sha256"`
	// Layers are the packs that it is made of, itself last.
	Layers []Layer `json:"layers"`
	// InForce is false if the instrument is not in force in the evaluation year.
	InForce bool `json:"in_force"`
}

// A Layer is one of the packs that a pack is made of.
type Layer struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"` // over its own files
}

// A Unit is the unit under evaluation.
type Unit struct {
	Name     string   `json:"name"`
	Aliases  []string `json:"aliases"`
	Ministry string   `json:"ministry"`
	Head     Head     `json:"head"`
	// Inferred is true if the profile was not given but read from the pile.
	Inferred bool `json:"inferred"`
}

// A Head is the official who leads the unit.
type Head struct {
	Name  string `json:"name"`
	NIP   string `json:"nip"` // 18 digits, or ""
	Title string `json:"title"`
}

// A Period is the evaluation year and the days that evidence may be of. Days
// are written YYYY-MM-DD.
type Period struct {
	Year  int    `json:"year"`
	From  string `json:"from"`
	To    string `json:"to"`
	Today string `json:"today"`
}

// Coverage counts what was looked at. Files is the sum of Read, Hidden, OCR,
// Unreadable, Ignored and Archives; Documents of all but the last two.
type Coverage struct {
	Files      int `json:"files"`
	Documents  int `json:"documents"`
	Read       int `json:"read"`   // text of the producing program
	Hidden     int `json:"hidden"` // a scanner's hidden text layer
	OCR        int `json:"ocr"`
	Unreadable int `json:"unreadable"`
	Ignored    int `json:"ignored"`
	Archives   int `json:"archives"` // opened; their members are counted above
	Pages      int `json:"pages"`
	// Items counts the criteria by verdict.
	Items map[string]int `json:"items"`
	// Judged is the share, 0 to 1, of the documents that could be read.
	Judged float64 `json:"judged"`
}

// An Interval is a number known between two ends.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// A Score is the indication by the instrument's own formulas: Low as shown by
// the evidence, High with every open judgement in the unit's favour.
type Score struct {
	Interval
	Weight   float64    `json:"weight"`
	Sections []Division `json:"sections"`
}

// A Division is a component, part, area or sub-area with its points.
type Division struct {
	Code   string   `json:"code"`
	Title  Text     `json:"title"`
	Depth  int      `json:"depth"` // 0 for a component, 1 for a part, 2 for an area, 3 for a sub-area
	Weight float64  `json:"weight"`
	Points Interval `json:"points"`
}

// A Text is a phrase in both languages.
type Text struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// In returns the text in the language "en" or else Indonesian.
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.ID
}

// A Gate is a minimum of the predicate and how the unit stands to it: "passed",
// "missed" (even with everything in the unit's favour) or "open".
type Gate struct {
	ID    string   `json:"id"`
	Text  Text     `json:"text"`
	Scope []string `json:"scope"` // codes whose points are summed
	Min   float64  `json:"min"`
	// Weight is the most points that there are in its scope.
	Weight float64  `json:"weight"`
	Points Interval `json:"points"`
	State  string   `json:"state"`
	// Mins are the minima of every predicate for the same scope.
	Mins []Minimum `json:"mins"`
}

// A Minimum is what one predicate demands.
type Minimum struct {
	Predicate string  `json:"predicate"`
	Min       float64 `json:"min"`
}

// A Fix is an item worth repairing, most worth first.
type Fix struct {
	Criterion string   `json:"criterion"`
	Title     Text     `json:"title"`
	Verdict   string   `json:"verdict"`
	Points    float64  `json:"points"`   // that can be gained at most
	Gates     []string `json:"gates"`    // not passed yet, brought closer
	Findings  []int    `json:"findings"` // by position in Report.Findings
}

// A Criterion is an item of the instrument with its verdict: met, partial,
// noncompliant, missing, review, not_evaluated, not_applicable or waived.
type Criterion struct {
	Code     string `json:"code"`
	Title    Text   `json:"title"`
	Area     string `json:"area"`     // code of the area or result part
	Division string `json:"division"` // code of the lowest division that it belongs to
	Basis    string `json:"basis"`    // article that the item is laid down in
	Verdict  string `json:"verdict"`
	Level    Level  `json:"level"`
	// Answers are the levels that the item offers, best first; none if it is
	// answered by a number.
	Answers []Answer `json:"answers"`
	// Max is the upper end of a number that answers the item, 0 if none does.
	Max float64 `json:"max"`
	// Index is the number that answers the item, as its evidence states it or a person
	// does; absent where that is open.
	Index *float64 `json:"index,omitempty"`
	// Inputs are the numbers that the unit enters for such an item.
	Inputs []Text `json:"inputs"`
	// Score is in points of the instrument; Weight is the most there is.
	Score        Interval      `json:"score"`
	Weight       float64       `json:"weight"`
	Requirements []Requirement `json:"requirements"`
	// Decision is the one, by index, that the verdict rests on; absent if it rests
	// on the evidence alone.
	Decision *int `json:"decision,omitempty"`
	// Unread lists documents that could not be read and could change the
	// verdict.
	Unread []string `json:"unread"`
}

// An Answer is a level that an item offers.
type Answer struct {
	Level string  `json:"level"`
	Score float64 `json:"score"` // 0 to 1
	Text  Text    `json:"text"`
	// Judged is true if documents alone never show the level.
	Judged bool `json:"judged"`
}

// A Level is the answer that the evidence shows, and the best one possible.
type Level struct {
	Shown    string `json:"shown"`
	Possible string `json:"possible"`
}

// A Requirement is one evidence line of a criterion.
type Requirement struct {
	ID           string   `json:"id"`
	DocumentType string   `json:"document_type"`
	Type         Text     `json:"type"` // name of the document type
	Shows        Text     `json:"shows"`
	Need         string   `json:"need"`
	Reason       Text     `json:"reason"`
	Signer       Text     `json:"signer"` // who signs, empty if nobody does
	Verdict      string   `json:"verdict"`
	From         string   `json:"from"` // first day of its period, "" if open
	To           string   `json:"to"`
	MinCount     int      `json:"min_count"`
	Cadence      string   `json:"cadence"` // monthly, quarterly, half_yearly, periodic or ""
	Example      Text     `json:"example"` // a title or sentence as a good document has it
	Holding      int      `json:"holding"` // documents without an error
	Documents    []string `json:"documents"`
	// Candidates are the nearest documents that were not taken, best first.
	Candidates []Candidate `json:"candidates"`
}

// A Candidate is a document that came near to serving an evidence line.
type Candidate struct {
	Document string   `json:"document"`
	Score    float64  `json:"score"`
	Reasons  []Reason `json:"reasons"`
}

// A Document is one evidence file and what was read from it.
type Document struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Kind   string `json:"kind"`  // by content: "pdf", "docx", "jpg", …
	Pages  *int   `json:"pages"` // null where there are none to count
	// Readable is "text", "ocr" or "no"; the reason stands beside it.
	Readable         string         `json:"readable"`
	UnreadableReason *string        `json:"unreadable_reason"`
	TextOrigin       string         `json:"text_origin"` // layer, hidden, ocr or none
	Readings         []Reading      `json:"readings"`    // empty where a format has one reader
	Type             Type           `json:"type"`
	Facts            map[string]any `json:"facts"`
	FactsAt          map[string]At  `json:"facts_at"`
	Signature        Signature      `json:"signature"`
	// Marks are hints on a scan that nobody could read: ink, and QR codes.
	Marks    []Mark   `json:"marks"`
	Parts    []Part   `json:"parts"`
	Criteria []string `json:"criteria"` // best first
	Matches  []Match  `json:"matches"`
	Findings []string `json:"findings"` // ids
}

// Shows returns the place on which a document says what it is: its subject, number,
// date or unit. The zero At means that nothing tells.
func (d *Document) Shows() At {
	for _, name := range []string{"subject", "number", "date", "unit"} {
		if at, ok := d.FactsAt[name]; ok {
			return at
		}
	}
	return At{}
}

// A Reading tells which engine read a run of pages.
type Reading struct {
	Pages  [2]int `json:"pages"`  // first and last
	Engine string `json:"engine"` // "native" or "pdfium"
	// Doubts are the reasons why the native engine was not relied on. Where it
	// read the pages all the same, what they say is not certain.
	Doubts []string `json:"doubts"`
}

// A Type is a document type and how sure it is, 0 to 1.
type Type struct {
	ID         string   `json:"id"`
	Form       string   `json:"form"` // such as decree, minutes or report; see Type.Form of package rules
	Name       Text     `json:"name"`
	Confidence float64  `json:"confidence"`
	Also       []string `json:"also"`
}

// At is the place of a fact. Box is [x0 y0 x1 y1] in points from the top left;
// page and box are null where Paragraph stands.
type At struct {
	Page       *int        `json:"page"`
	Box        *[4]float64 `json:"box"`
	Paragraph  *int        `json:"paragraph"`
	Quote      string      `json:"quote"`
	Confidence float64     `json:"confidence"`
	// Read is what text recognition read where other documents of the pile
	// corrected it, "" elsewhere.
	Read string `json:"read"`
}

// A Signature sums the signature blocks of a document up.
type Signature struct {
	State  string  `json:"state"`
	Blocks []Block `json:"blocks"`
}

// A Mark is ink or a QR code on the picture of a page.
type Mark struct {
	Kind    string     `json:"kind"` // "ink" or "qr"
	Page    int        `json:"page"`
	Box     [4]float64 `json:"box"`
	Colour  float64    `json:"colour"`  // share of it that is coloured, 0 to 1
	Payload string     `json:"payload"` // of a QR code
}

// A Block is one signature block.
type Block struct {
	Title    string `json:"title"`
	Name     string `json:"name"`
	NIP      string `json:"nip"`
	Acting   string `json:"acting"` // a.n., plt., plh., u.b. or ""
	State    string `json:"state"`
	QR       string `json:"qr"` // what a QR code in the block says, "" if there is none
	Required bool   `json:"required"`
	At       At     `json:"at"`
}

// A Part is a stretch of a merged file that is a document of its own.
type Part struct {
	Type  string         `json:"type"`
	Pages [2]int         `json:"pages"` // first and last
	Facts map[string]any `json:"facts"`
}

// A Match is an evidence line that a document serves, with its score 0 to 1
// and the reasons.
type Match struct {
	Criterion   string   `json:"criterion"`
	Requirement string   `json:"requirement"`
	Score       float64  `json:"score"`
	Reasons     []Reason `json:"reasons"`
}

// A Reason is why a document was matched: an id such as "type", "topic.title",
// "folder.code", and the words that show it.
type Reason struct {
	ID    string `json:"id"`
	Words string `json:"words"`
}

// A Finding is something missing or wrong. Message and Fix are in the language
// the report was asked for.
type Finding struct {
	// Key names the finding in every run of the pile, as long as it is there:
	// 12 hexadecimal digits, and a number behind a dash for the second of a kind.
	Key         string            `json:"key"`
	ID          string            `json:"id"`
	Severity    string            `json:"severity"`    // error, warning or info
	Criterion   string            `json:"criterion"`   // "" if it concerns a document alone
	Requirement string            `json:"requirement"` // "" likewise
	Document    string            `json:"document"`    // "" if nothing was handed in
	Page        *int              `json:"page"`
	Box         *[4]float64       `json:"box"`
	Paragraph   *int              `json:"paragraph"`
	Quote       string            `json:"quote"`
	Message     string            `json:"message"`
	Fix         string            `json:"fix"`
	Params      map[string]string `json:"params"`
	// Decision is the waiver, by index, by which it does not count for an item or
	// for all; absent if there is none.
	Decision *int `json:"decision,omitempty"`
	// Baseline is "new", "unchanged" or "updated" if the run was compared with an
	// earlier one.
	Baseline string `json:"baseline,omitempty"`
}

// An Ignored is a file that is no evidence.
type Ignored struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// Unplaced is a readable document that serves no item.
type Unplaced struct {
	Path    string  `json:"path"`
	Nearest []Match `json:"nearest"`
}
