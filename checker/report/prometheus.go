package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// writePrometheus writes numbers of the run for the textfile collector of
// Prometheus. Every verdict and severity is there, also with 0, so that series do
// not vanish.
func writePrometheus(w io.Writer, r *Report, _ string, _ Options) error {
	p := promWriter{labels: [][2]string{{"unit", r.Unit.Name}, {"pack", r.Pack.ID}, {"year", strconv.Itoa(r.Period.Year)}}}
	count := r.verdicts()
	p.metric("dasheval_items", "Items of the instrument by verdict.")
	for _, v := range order {
		p.value(float64(count[v]), "verdict", v)
	}
	count = map[string]int{}
	for _, f := range r.Findings {
		if f.Decision == nil {
			count[f.Severity]++
		}
	}
	p.metric("dasheval_findings", "Findings that no decision waives, by severity.")
	for _, s := range []string{"error", "warning", "info"} {
		p.value(float64(count[s]), "severity", s)
	}
	c := r.Coverage
	p.metric("dasheval_files", "Files of the pile by how they were read.")
	for _, f := range []struct {
		state string
		n     int
	}{{"read", c.Read}, {"hidden", c.Hidden}, {"ocr", c.OCR}, {"unreadable", c.Unreadable}, {"ignored", c.Ignored}, {"archive", c.Archives}} {
		p.value(float64(f.n), "state", f.state)
	}
	p.metric("dasheval_judged_ratio", "Share of the documents that could be read, 0 to 1.")
	p.value(c.Judged)
	p.metric("dasheval_points", "Points of the instrument: shown by the evidence (low), and still possible (high).")
	p.value(r.Score.Low, "bound", "low")
	p.value(r.Score.High, "bound", "high")
	p.metric("dasheval_gates", "Gates of the predicate by state.")
	gates := map[string]int{}
	for _, g := range r.Gates {
		gates[g.State]++
	}
	for _, s := range []string{"passed", "open", "missed"} {
		p.value(float64(gates[s]), "predicate", r.Predicate, "state", s)
	}
	decisions := map[string]int{}
	for _, d := range r.Decisions {
		decisions[d.State]++
	}
	p.metric("dasheval_decisions", "Waivers and attestations by what became of them.")
	for _, s := range []string{"used", "unused", "expired", "replaced"} {
		p.value(float64(decisions[s]), "state", s)
	}
	p.metric("dasheval_exit_code", "Exit code of the run.")
	p.value(float64(ExitCode(r)))
	_, err := io.WriteString(w, p.String())
	return err
}

// A promWriter writes the text format of Prometheus, version 0.0.4.
type promWriter struct {
	strings.Builder
	name   string
	labels [][2]string // of every value
}

func (p *promWriter) metric(name, help string) {
	p.name = name
	fmt.Fprintf(p, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
}

var promEscape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// value writes a value with further labels, given as names and values.
func (p *promWriter) value(v float64, labels ...string) {
	var all []string
	for _, l := range p.labels {
		all = append(all, l[0]+`="`+promEscape.Replace(strings.ToValidUTF8(l[1], "\ufffd"))+`"`)
	}
	for i := 0; i < len(labels); i += 2 {
		all = append(all, labels[i]+`="`+promEscape.Replace(labels[i+1])+`"`)
	}
	fmt.Fprintf(p, "%s{%s} %s\n", p.name, strings.Join(all, ","), strconv.FormatFloat(v, 'g', -1, 64))
}
