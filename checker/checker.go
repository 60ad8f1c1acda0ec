package checker

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"dasheval/checker/check"
	"dasheval/checker/decision"
	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/facts"
	"dasheval/checker/internal/pipe"
	"dasheval/checker/match"
	"dasheval/checker/profile"
	"dasheval/checker/report"
	"dasheval/checker/text"
	"dasheval/checker/verdict"
	"dasheval/rules"
)

// What [Run] and [Profile] return beside mistakes in the rules.
var (
	// ErrNothing says that the pile holds no evidence file.
	ErrNothing = errors.New("no evidence files")
	// ErrReading says that the surroundings did not let the pile be read: it
	// cannot be listed, or no reading process starts. It stands around the cause.
	ErrReading = errors.New("read the pile")
)

// Config adjusts a run. The zero Config is ready to use.
type Config struct {
	Workers   int           // files read at a time; 0 means one per processor
	Today     time.Time     // day to judge by; zero means the day of the run
	Year      int           // evaluation year; 0 means that of the profile, or of Today
	Predicate string        // aimed at, such as "WBK"; "" means that of the profile, or the first of the pack
	Lang      string        // language of messages in the report, "id" or "en"; "" means "id"
	Unit      *profile.Unit // the unit under evaluation; nil means infer it from the pile
	CacheDir  string        // where compiled code is kept; "" means nowhere
	Engine    string        // reads PDF files: extract.Auto, Native or Pdfium; "" means Auto
	MaxSize   int64         // largest file read, in bytes; 0 means 200 MB
	MaxTime   time.Duration // longest time for one file; 0 means 60 s
	MaxMemory int64         // of a reading process, in bytes; 0 means 1 GB
	Worker    []string      // command line of a reading process; see extract.Config; empty means none
	OCR       extract.OCR   // how the text of pictures is recognised
	// Trust are the root certificates that electronic signatures may lead to. None
	// is built in: without any, an intact signature is valid_untrusted.
	Trust []*x509.Certificate
	// Decisions are what people have decided about the pile.
	Decisions []decision.Decision
	Version   string       // of the program, for the report
	Log       *slog.Logger // nil means no log
	// Progress, if not nil, is told after each file how many of the files found
	// so far are read. Calls do not overlap.
	Progress func(read, found int)

	now time.Time // zero if Today was given
}

func (c Config) withDefaults(pack *rules.Pack) Config {
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	if c.Today.IsZero() {
		c.now = time.Now()
		c.Today = c.now
	}
	c.Today = time.Date(c.Today.Year(), c.Today.Month(), c.Today.Day(), 0, 0, 0, 0, time.UTC)
	if c.Unit != nil {
		if c.Year == 0 {
			c.Year = c.Unit.Year
		}
		if c.Predicate == "" {
			c.Predicate = c.Unit.Predicate
		}
	}
	if c.Year == 0 {
		c.Year = c.Today.Year()
	}
	if c.MaxTime <= 0 {
		c.MaxTime = 60 * time.Second
	}
	if c.Predicate == "" && len(pack.Predicates()) > 0 {
		c.Predicate = pack.Predicates()[0]
	}
	if c.Lang == "" {
		c.Lang = "id"
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Run checks the evidence of src against the pack. An error means that the
// work could not be done: [ErrNothing], rules that do not fit the engine, or a
// source that cannot be listed. If ctx is done before the end, Run returns
// what it has, marked partial, together with the error of ctx.
func Run(ctx context.Context, pack *rules.Pack, src evidence.Source, cfg Config) (*report.Report, error) {
	e, err := Bind(pack)
	if err != nil {
		return nil, err
	}
	return e.Run(ctx, src, cfg)
}

// Run is [Run] with the pack of the engine.
func (p *Engine) Run(ctx context.Context, src evidence.Source, cfg Config) (*report.Report, error) {
	cfg = cfg.withDefaults(p.pack)
	shelf := facts.NewShelf()
	defer shelf.Close()
	pile, err := p.read(ctx, src, shelf, cfg)
	if err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("%w: %w", ErrReading, err)
	}
	if len(pile.files) == 0 && err == nil {
		return nil, ErrNothing
	}
	w := p.world(pile, cfg)
	w.Partial = err != nil
	findings := p.examine(ctx, w)
	if err == nil && ctx.Err() != nil {
		err, w.Partial = ctx.Err(), true
	}
	rep, buildErr := p.report(w, pile, findings, cfg)
	if buildErr != nil {
		return nil, buildErr
	}
	if err != nil {
		rep.Partial = true
		return rep, err
	}
	return rep, nil
}

// Profile proposes the profile of the unit from the pile alone.
//
// The year is that of cfg, or the one that most documents are dated in.
func Profile(ctx context.Context, pack *rules.Pack, src evidence.Source, cfg Config) (*profile.Unit, error) {
	year := cfg.Year
	cfg = cfg.withDefaults(pack)
	plan, err := Bind(pack)
	if err != nil {
		return nil, err
	}
	shelf := facts.NewShelf()
	defer shelf.Close()
	pile, err := plan.read(ctx, src, shelf, cfg)
	if err != nil {
		return nil, err
	}
	if len(pile.files) == 0 {
		return nil, ErrNothing
	}
	u := profile.Infer(pack, pile.docs, nil)
	u.Year, u.Predicate = year, cfg.Predicate
	if u.Year == 0 {
		u.Year = profile.YearOf(pile.docs, cfg.Today.Year())
	}
	return u, nil
}

// An Engine is a pack bound to the checks that it names. It is safe for
// concurrent use, and serves any number of runs.
type Engine struct {
	pack   *rules.Pack
	reader *facts.Reader
	byType map[string][]check.Use // checks of documents, by type
	byLine map[string][]check.Use // further ones, by evidence line
	// formulas holds the compiled formula of each numeric item, by code.
	formulas map[string]*verdict.Formula
}

// Bind finds the check for every name in the pack and reads its parameters. All
// mistakes come at once.
func Bind(pack *rules.Pack) (*Engine, error) {
	reader, err := facts.NewReader(pack)
	if err != nil {
		return nil, err
	}
	p := &Engine{pack: pack, reader: reader, byType: map[string][]check.Use{}, byLine: map[string][]check.Use{}, formulas: map[string]*verdict.Formula{}}
	var errs []error
	checks := func(list []rules.CheckUse) []check.Use {
		var out []check.Use
		for _, u := range list {
			use, err := check.Bind(pack, u)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			out = append(out, use)
		}
		return out
	}
	for _, t := range pack.Types {
		p.byType[t.ID] = checks(t.Checks)
	}
	for _, it := range pack.Items() {
		if it.Formula != "" {
			var names []string
			for _, in := range it.Inputs {
				names = append(names, in.ID)
			}
			f, err := verdict.Compile(it.Formula, names)
			if err != nil {
				errs = append(errs, &rules.Mistake{Pos: pack.PosOf(&it.Formula), Text: fmt.Sprintf("formula: %v", err)})
			}
			p.formulas[it.Code] = f
		}
		for _, q := range it.Evidence {
			p.byLine[q.ID] = checks(q.Checks)
		}
	}
	for _, c := range check.All() {
		for _, id := range c.IDs {
			if _, ok := pack.Severity[id]; !ok {
				errs = append(errs, fmt.Errorf("pack.yaml: severity: nothing says how much %q weighs", id))
			}
		}
	}
	known := findingIDs()
	for _, id := range slices.Sorted(maps.Keys(pack.Severity)) {
		if !slices.Contains(known, id) {
			errs = append(errs, rules.UnknownName(pack.SeverityPos(id), "finding in severity", id, known))
		}
	}
	return p, pack.Cite(errors.Join(errs...))
}

// findingIDs lists every finding that a run can report.
func findingIDs() []string {
	out := []string{"text.hidden_layer", "text.incomplete", replacedID}
	for _, c := range check.All() {
		out = append(out, c.IDs...)
	}
	for _, reason := range evidence.Reasons() {
		out = append(out, fileFinding(reason))
	}
	return out
}

// large is the number of lines from which on the facts of a document are looked
// for alone: they take a kilobyte each while it lasts.
const large = 20_000

// A pile is what reading all files gave.
type pile struct {
	files  []read // in order of path, ignored ones and archives too
	docs   []*facts.Document
	unread []match.Unread
}

// A read is one file after extraction.
type read struct {
	extract.Result
	doc      *facts.Document // nil if the file has no usable text
	paged    bool
	pages    int
	readings []report.Reading

	signatures []text.Signature
	requests   []text.Request
	marks      []report.Mark // on pages that nobody could read
}

// read extracts the text of every file and its facts. If ctx ends, what was
// read so far comes with the error. The texts go on the shelf.
func (p *Engine) read(ctx context.Context, src evidence.Source, shelf *facts.Shelf, cfg Config) (*pile, error) {
	out := &pile{}
	x, err := extract.New(ctx, extract.Config{
		Workers: cfg.Workers, Engine: cfg.Engine, CacheDir: cfg.CacheDir, MaxSize: cfg.MaxSize, MaxTime: cfg.MaxTime,
		MaxMemory: cfg.MaxMemory, Worker: cfg.Worker, OCR: cfg.OCR, Trust: cfg.Trust, Today: cfg.Today, Log: cfg.Log,
	})
	if err != nil {
		return out, fmt.Errorf("start reading: %w", err)
	}
	defer x.Close()
	var oneLarge sync.Mutex
	one := func(ctx context.Context, f evidence.File) (read, error) {
		r := read{Result: x.Open(ctx, f)}
		var re *evidence.ReadError
		if r.Err != nil && !errors.As(r.Err, &re) {
			return r, r.Err
		}
		if r.Doc != nil && r.Err == nil {
			if r.Doc.Lines() > large {
				oneLarge.Lock()
				defer oneLarge.Unlock()
			}
			limited, cancel := context.WithTimeoutCause(ctx, cfg.MaxTime, &evidence.ReadError{File: f.Path, Err: evidence.ErrTimeout})
			r.Err = evidence.Guard(f.Path, func() (err error) {
				r.doc, err = p.reader.Read(limited, f.Path, r.SHA256, r.Doc)
				return err
			})
			cancel()
			if ctx.Err() != nil {
				return r, ctx.Err()
			}
		}
		if r.Doc != nil {
			r.paged, r.pages = r.Doc.Paged, max(r.Doc.Total, len(r.Doc.Pages))
			r.readings = readingsOf(r.Doc)
			r.signatures, r.requests = r.Doc.Signatures, r.Doc.Requests
			if r.Err != nil {
				r.marks = marksOf(r.Doc)
			}
		}
		if r.doc != nil {
			shelf.Put(r.doc)
		}
		r.Doc = nil       // from here on the shelf has the text
		r.File.Open = nil // members of archives hold the archive
		return r, nil
	}
	for r, err := range pipe.Map(ctx, cfg.Workers, src.Files(ctx), one) {
		if err != nil {
			return out, err
		}
		out.files = append(out.files, r)
		switch {
		case r.doc != nil:
			out.docs = append(out.docs, r.doc)
		case r.Err != nil:
			out.unread = append(out.unread, match.Unread{Path: r.File.Path, Reason: evidence.Reason(r.Err), Kind: r.Kind})
		}
		if cfg.Progress != nil {
			cfg.Progress(len(out.files), len(out.files))
		}
	}
	return out, nil
}
