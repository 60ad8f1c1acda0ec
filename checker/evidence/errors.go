package evidence

import (
	"errors"
	"fmt"
	"io/fs"
)

// The reasons why an evidence file cannot be read. They form the whole
// taxonomy: a parser wraps its own error in one of them, the report explains
// them to the reader, and no other package matches on parser errors.
var (
	ErrCorrupt     = errors.New("the file is damaged")
	ErrEncrypted   = errors.New("the file is protected by a password")
	ErrEmpty       = errors.New("the file is empty")
	ErrImageOnly   = errors.New("the pages are pictures without text")
	ErrTooLarge    = errors.New("the file is larger than the limit")
	ErrTimeout     = errors.New("reading took longer than the limit")
	ErrUnsupported = errors.New("the file format is not supported")
)

// reasons pairs each error with its name in the report.
var reasons = []struct {
	err  error
	name string
}{
	{fs.ErrPermission, "no_permission"}, // whatever it was taken for
	{ErrEncrypted, "encrypted"},
	{ErrCorrupt, "corrupt"},
	{ErrEmpty, "empty"},
	{ErrUnsupported, "unsupported"},
	{ErrImageOnly, "image_only"},
	{ErrTooLarge, "too_large"},
	{ErrTimeout, "timeout"},
}

// Reason returns the name of the reason that err wraps: no_permission,
// encrypted, corrupt, empty, unsupported, image_only, too_large or timeout. Any other error counts
// as corrupt; nil gives "".
func Reason(err error) string {
	if err == nil {
		return ""
	}
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.name
		}
	}
	return "corrupt"
}

// Reasons names all reasons for which a file cannot be read.
func Reasons() []string {
	var out []string
	for _, r := range reasons {
		out = append(out, r.name)
	}
	return out
}

// Named returns the error that [Reason] gives the name for, nil if there is none.
func Named(name string) error {
	for _, r := range reasons {
		if r.name == name {
			return r.err
		}
	}
	return nil
}

// A ReadError reports that one evidence file could not be read. It is data as
// much as error: the run goes on and the report lists it.
type ReadError struct {
	File string // path as handed in
	Err  error  // wraps one of the reasons above
}

func (e *ReadError) Error() string { return fmt.Sprintf("%s: %v", e.File, e.Err) }

// Unwrap returns the reason, possibly wrapped.
func (e *ReadError) Unwrap() error { return e.Err }

// Guard calls read and turns a panic into a [ReadError]. It stands at one
// place only, around the parser of a single file, because that is where
// hostile input enters and one file must not end the run.
func Guard(file string, read func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &ReadError{File: file, Err: fmt.Errorf("%w: parser panic: %v", ErrCorrupt, r)}
		}
	}()
	return read()
}

// unreadable returns the error of a file that cannot be read for a reason, with
// its cause if that is not nil. The path on disk is left out of the text: the
// same pile gives the same report wherever it lies.
func unreadable(path string, reason, cause error) *ReadError {
	if cause == nil {
		return &ReadError{File: path, Err: reason}
	}
	if errors.Is(cause, reason) {
		return &ReadError{File: path, Err: cause}
	}
	return &ReadError{File: path, Err: fmt.Errorf("%w: %w", reason, bare(cause))}
}

// bare returns what happened without the path it happened to.
func bare(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}
