package evidence

import (
	"context"
	"io"
	"iter"
)

// A File is one evidence file as handed in.
type File struct {
	// Path is relative to the root of the source, with "/" as separator. A
	// member of an archive has the path of the archive, "!" and its own path:
	// "a.zip!b.pdf". With several roots, it starts with the name of its root.
	Path string
	// Size is the length in bytes, -1 if not known before reading.
	Size int64
	// Ignore is the reason why the file is no evidence, or "" if it is.
	Ignore Ignored
	// Err is a [*ReadError] if the file is known to be unreadable already.
	Err error
	// Archive is true for an archive whose members follow as files of their
	// own; such a file is counted but has no text of its own.
	Archive bool
	// Open opens the file for reading. It is nil if Ignore or Err is set or
	// Archive is true. It may be called at any time, also after the listing,
	// and from several goroutines. Members of an archive that lies inside
	// another one keep that archive in memory for as long as Open is held.
	Open func() (io.ReadCloser, error)
}

// An Ignored is the reason why a file is not evidence.
type Ignored string

const (
	IgnoredLock     Ignored = "lock_file" // left by an office program that has the document open
	IgnoredSystem   Ignored = "system"    // written by the operating system
	IgnoredPartial  Ignored = "partial_download"
	IgnoredSettings Ignored = "settings" // dasheval's own settings
	IgnoredNote     Ignored = "note"     // plain text beside the evidence
	IgnoredLink     Ignored = "link"     // shortcut or symbolic link: not followed
)

// A Source lists the files of a pile.
type Source interface {
	// Files yields every file in order of path, byte by byte, and the members
	// of an archive right behind it. An error ends the listing. The sequence
	// can be ranged over twice and gives the same files each time.
	Files(ctx context.Context) iter.Seq2[File, error]
}
