package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dasheval/checker/decision"
	"dasheval/checker/report"

	"github.com/spf13/cobra"
)

func newWaivers(a *app) *cobra.Command {
	return a.group("waivers", "waivers", newWaiversPropose(a), newWaiversConvert(a))
}

// newWaiversPropose writes what could be decided about a saved run, for a person to
// fill in or take out.
func newWaiversPropose(a *app) *cobra.Command {
	cmd := a.command("waivers.propose", "propose RUN.json FILE", func(_ *cobra.Command, args []string) error {
		if err := a.writable(args[:1], args[1]); err != nil {
			return err
		}
		if _, err := os.Stat(args[1]); err == nil {
			return a.fail(exitUsage, "error.waivers.there", args[1]) // somebody may have filled it in
		}
		r, err := a.saved(args[0])
		if err != nil {
			return err
		}
		return a.writeDecisions(args[1], proposal(r, a.say.Lang()))
	})
	cmd.Args = a.needs(2, 2, "error.args.waivers")
	return cmd
}

func newWaiversConvert(a *app) *cobra.Command {
	cmd := a.command("waivers.convert", "convert FILE FILE", func(_ *cobra.Command, args []string) error {
		if err := a.writable(args[:1], args[1]); err != nil {
			return err
		}
		list, err := a.decisions(args[0])
		if err != nil {
			return err
		}
		return a.writeDecisions(args[1], list)
	})
	cmd.Args = a.needs(2, 2, "error.args.waivers")
	return cmd
}

// proposal lists an attestation for each item that waits for a person, and a
// waiver for each error, without a reason yet.
func proposal(r *report.Report, lang string) []decision.Decision {
	titles := map[string]string{}
	for _, c := range r.Criteria {
		titles[c.Code] = c.Title.In(lang)
	}
	digests := map[string]string{}
	for _, d := range r.Documents {
		digests[d.Path] = d.SHA256
	}
	var out []decision.Decision
	for _, c := range r.Criteria {
		if c.Verdict == "review" || c.Verdict == "not_evaluated" {
			out = append(out, decision.Decision{Kind: decision.Attestation, Item: c.Code, Unit: r.Unit.Name, About: c.Title.In(lang)})
		}
	}
	count := map[[3]string]int{} // findings that only their key tells apart
	for _, f := range r.Findings {
		count[[3]string{f.Criterion, f.ID, f.Document}]++
	}
	for _, f := range r.Findings {
		if f.Severity != "error" || f.Decision != nil || strings.HasPrefix(f.ID, "file.") {
			continue
		}
		name := f.ID
		if count[[3]string{f.Criterion, f.ID, f.Document}] > 1 {
			name = f.Key
		}
		out = append(out, decision.Decision{Kind: decision.Waiver, Item: f.Criterion, Finding: name, Unit: r.Unit.Name, Document: f.Document, SHA256: digests[f.Document], About: strings.TrimSpace(titles[f.Criterion] + ": " + f.Message)})
	}
	return out
}

func (a *app) writeDecisions(file string, list []decision.Decision) error {
	var b bytes.Buffer
	write := decision.WriteYAML
	if strings.EqualFold(filepath.Ext(file), ".xlsx") {
		write = decision.WriteXLSX
	}
	if err := write(&b, list); err != nil {
		return a.fail(exitInternal, "error.write", file, err)
	}
	return a.save(file, b.Bytes())
}

// decisions reads a file of people's decisions.
func (a *app) decisions(file string) ([]decision.Decision, error) {
	list, err := decision.Read(file)
	if err == nil {
		return list, nil
	}
	var errs []error
	for _, m := range decision.Mistakes(err) {
		errs = append(errs, a.fail(exitUsage, "error.decision", m.Place, a.label("error.decision."+m.ID, m.Value)))
	}
	if len(errs) == 0 {
		return nil, a.fail(exitUsage, "error.path", file)
	}
	return nil, errors.Join(errs...)
}

// unused reports decisions that changed nothing.
func (a *app) unused(r *report.Report) error {
	var errs []error
	for _, i := range r.Unused() {
		d := r.Decisions[i]
		why := a.label("decision.state." + d.State)
		if d.Cause != "" {
			why = a.label("decision.cause." + d.Cause)
		}
		errs = append(errs, a.fail(exitUsage, "error.decision.unused", d.Place, strings.TrimSpace(d.Item+" "+d.Finding), why))
	}
	return errors.Join(errs...)
}

// stale tells of decisions that a saved run counted and that have expired since.
func (a *app) stale(r *report.Report) {
	for _, d := range r.Decisions {
		x := decision.Decision{Expires: d.Expires, Zone: d.Zone}
		if d.State == "used" && x.Expired(time.Now()) {
			a.note("note.decision.expired", d.Place, strings.TrimSpace(d.Item+" "+d.Finding), a.say.Date(d.Expires))
		}
	}
}

// save writes a file.
func (a *app) save(file string, b []byte) error {
	err := replace(file, func(w io.Writer) error { _, err := w.Write(b); return err })
	if err != nil {
		return a.fail(exitInternal, "error.write", file, err)
	}
	return nil
}
