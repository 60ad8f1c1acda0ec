package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/report"

	"github.com/goccy/go-yaml"
	"github.com/spf13/pflag"
)

// A showing holds the flags of commands that write reports.
type showing struct {
	out                  []string
	all, noColor, reveal bool
	noPictures           bool
	csvBOM               bool
	csvSeparator         string
	questions            string // file of the portal's question numbers
	template             string // Word document of the letter
	lke, fill            string // workbook of the unit, and the copy to fill
}

func (c *showing) flags(a *app, f *pflag.FlagSet) {
	f.StringArrayVarP(&c.out, "out", "o", nil, a.label("flag.out"))
	f.BoolVar(&c.all, "all", false, a.label("flag.all"))
	f.BoolVar(&c.noColor, "no-color", false, a.label("flag.no-color"))
	f.BoolVar(&c.reveal, "reveal-pii", false, a.label("flag.reveal-pii"))
	f.BoolVar(&c.noPictures, "no-pictures", false, a.label("flag.no-pictures"))
	f.BoolVar(&c.csvBOM, "csv-bom", false, a.label("flag.csv-bom"))
	f.StringVar(&c.csvSeparator, "csv-separator", ",", a.label("flag.csv-separator"))
	f.StringVar(&c.template, "letter-template", "", a.label("flag.letter-template"))
	f.StringVar(&c.lke, "lke", "", a.label("flag.lke"))
	f.StringVar(&c.fill, "fill", "", a.label("flag.fill"))
	f.Lookup("fill").NoOptDefVal = besideIt
	f.StringVar(&c.questions, "soal-id", "", a.label("flag.soal-id"))
}

// inputs are the files that a command reads, and must not write to.
func (c *showing) inputs() []string { return []string{c.questions, c.template, c.lke} }

// options reads the flags, before any work.
func (c *showing) options(a *app, outs []output) (report.Options, error) {
	opt := report.Options{All: c.all, RevealPII: c.reveal, Color: a.color(c.noColor), CSVMark: c.csvBOM}
	sep := []rune(strings.ReplaceAll(c.csvSeparator, `\t`, "\t"))
	if len(sep) != 1 || !strings.ContainsRune(",;|\t", sep[0]) {
		return opt, a.fail(exitUsage, "error.setting", "--csv-separator", c.csvSeparator, a.label("error.setting.csv-separator"))
	}
	opt.CSVSeparator = sep[0]
	if c.template != "" {
		b, err := os.ReadFile(c.template)
		if err != nil {
			return opt, a.fail(exitUsage, "error.path", c.template)
		}
		opt.Template = b
	}
	if c.questions == "" {
		for _, o := range outs {
			if o.format.Name == "portalrb" {
				return opt, a.fail(exitUsage, "error.questions.none")
			}
		}
		return opt, nil
	}
	raw, err := os.ReadFile(c.questions)
	if err != nil {
		return opt, a.fail(exitUsage, "error.path", c.questions)
	}
	if opt.Questions, err = questions(raw); err != nil {
		return opt, a.fail(exitUsage, "error.questions", place(c.questions, err))
	}
	return opt, nil
}

// questions reads the numbers of questions by item: whole, from 1, each once.
func questions(raw []byte) (map[string]int, error) {
	var in map[string]any
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if err := yaml.UnmarshalWithOptions(raw, &in); err != nil {
		return nil, err
	}
	out, item := map[string]int{}, map[int]string{}
	for _, code := range slices.Sorted(maps.Keys(in)) {
		n, err := strconv.Atoi(fmt.Sprint(in[code]))
		switch {
		case err != nil || n < 1:
			return nil, fmt.Errorf("%s: %v", code, in[code])
		case item[n] != "":
			return nil, fmt.Errorf("%s, %s: %d", item[n], code, n)
		}
		out[code], item[n] = n, code
	}
	return out, nil
}

// A plan is what a command writes, settled before the work.
type plan struct {
	outs []output
	opt  report.Options
	fill string // copy of the unit's workbook, "" for none
}

// planned settles what is written. What the command reads is never written to.
func (a *app) planned(s *settings, c *showing, reads []string) (*plan, error) {
	outs, err := a.outputs(c.out, s)
	if err != nil {
		return nil, err
	}
	opt, err := c.options(a, outs)
	if err != nil {
		return nil, err
	}
	fill, err := c.filling(a)
	if err != nil {
		return nil, err
	}
	return &plan{outs, opt, fill}, a.writable(slices.Concat(reads, c.inputs()), append(files(outs), fill)...)
}

// show writes the report on the pile as it was planned.
func (a *app) show(ctx context.Context, s *settings, r *report.Report, c *showing, p *plan, pile []string) error {
	album := a.pictures(ctx, s, r, pile, p.outs, c)
	defer album.close(a)
	if album != nil {
		p.opt.Picture = album.picture
	}
	if err := a.writeAll(r, p.outs, p.opt, pile); err != nil || p.fill == "" {
		return err
	}
	pack, err := a.pack(s)
	if err != nil {
		return err
	}
	return a.fillWorkbook(r, pack, c.lke, p.fill)
}
