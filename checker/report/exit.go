package report

// Exit codes of a run that gave a report. They are a promise, the same for
// every format.
const (
	ExitMet          = 0   // every item holds and no gate is certainly missed
	ExitNotMet       = 1   // an item or a gate is certainly not met
	ExitInconclusive = 3   // what could not be read or decided may change a verdict
	ExitNothing      = 4   // nothing was evaluated
	ExitInterrupted  = 130 // the report is partial
)

// ExitCode returns the exit code of the report, by precedence 130, 4, 1, 3, 0.
func ExitCode(r *Report) int {
	var judged, failed, open int
	for _, c := range r.Criteria {
		switch c.Verdict {
		case "not_evaluated", "not_applicable":
			continue
		case "missing", "noncompliant", "partial":
			failed++
		case "review":
			open++
		}
		if len(c.Unread) > 0 && c.Decision == nil {
			open++
		}
		judged++
	}
	for _, g := range r.Gates {
		if g.State == "missed" {
			failed++
		}
	}
	switch {
	case r.Partial:
		return ExitInterrupted
	case len(r.Documents) == 0 || judged == 0:
		return ExitNothing
	case failed > 0:
		return ExitNotMet
	case open > 0:
		return ExitInconclusive
	}
	return ExitMet
}

// VerifyCode returns the exit code of a verification: [ExitNotMet] if a signature
// is altered or broken, else [ExitInconclusive] if a file cannot
// be judged, or its signature not be trusted.
func VerifyCode(v *Verification) int {
	code := ExitMet
	for _, f := range v.Files {
		switch f.State {
		case "altered", "broken":
			return ExitNotMet
		case "unknown", "valid_untrusted":
			code = ExitInconclusive
		}
	}
	return code
}
