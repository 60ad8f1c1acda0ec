package check

import (
	"strconv"

	"dasheval/rules"
)

var attendance = &Check{
	Name: "attendance",
	Doc: Doc{
		Title: rules.Text{ID: `an attendance list carries signatures beside the names`, EN: `an attendance list carries signatures beside the names`},
	},
	Scope: Document,
	IDs:   []string{"attendance.unsigned"},
	Run: func(p *Pass) {
		a := p.Document.Attendance
		if a == nil || a.Rows == 0 || a.Unseen || 2*a.Signed >= a.Rows {
			return
		}
		p.report("attendance.unsigned", a.At, map[string]string{"rows": strconv.Itoa(a.Rows), "signed": strconv.Itoa(a.Signed)})
	},
}
