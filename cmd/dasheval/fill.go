package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"dasheval/checker/report"
	"dasheval/checker/worksheet"
	"dasheval/rules"
)

// besideIt stands for --fill without a name: the copy lies beside the workbook.
const besideIt = "*"

// filling returns the copy of the unit's workbook that is to be filled, "" if none
// is. Mistakes are told before the work.
func (c *showing) filling(a *app) (string, error) {
	switch {
	case c.lke == "" && c.fill == "":
		return "", nil
	case c.lke == "":
		return "", a.fail(exitUsage, "error.fill.lke")
	case c.fill == "":
		return "", a.fail(exitUsage, "error.fill.bare", c.lke)
	}
	if info, err := os.Stat(c.lke); err != nil || info.IsDir() {
		return "", a.fail(exitUsage, "error.path", c.lke)
	}
	out := c.fill
	if out == besideIt {
		ext := filepath.Ext(c.lke)
		out = strings.TrimSuffix(c.lke, ext) + "-dasheval" + ext
	}
	if resolved(out) == resolved(c.lke) {
		return "", a.fail(exitUsage, "error.fill.same", out)
	}
	return out, nil
}

// fillWorkbook writes the copy of the unit's workbook, and tells what was filled.
func (a *app) fillWorkbook(r *report.Report, pack *rules.Pack, from, to string) error {
	if r.Pack.ID != pack.ID {
		return a.fail(exitUsage, "error.fill.pack", r.Pack.ID, pack.ID)
	}
	book, err := os.ReadFile(from)
	if err != nil {
		return a.fail(exitUsage, "error.path", from)
	}
	var b bytes.Buffer
	res, err := worksheet.Fill(&b, book, pack, r, a.say.Lang())
	switch {
	case errors.Is(err, worksheet.ErrLayout):
		return a.fail(exitUsage, "error.fill.layout", pack.ID)
	case errors.Is(err, worksheet.ErrHeading), errors.Is(err, worksheet.ErrItems):
		return a.fail(exitUsage, "error.fill.heading", from, strings.Join(append(pack.Worksheet.Answer[:1:1], pack.Worksheet.Choice[0]), ", "))
	case err != nil:
		return a.fail(exitUsage, "error.fill.file", from, err)
	}
	if err := a.save(to, b.Bytes()); err != nil {
		return err
	}
	a.note("note.fill", to, res.Items, res.Sheet, res.Kept)
	if len(res.Missing) > 0 {
		a.note("note.fill.missing", len(res.Missing), strings.Join(res.Missing, ", "))
	}
	return nil
}
