// Package profile tells who is evaluated: the unit, its names, its ministry,
// its head, and who may sign. A profile is given by the unit or inferred from
// the letterheads and signatures of the pile; given values win.
package profile

import "time"

// A Unit is the unit under evaluation.
type Unit struct {
	Name     string
	Aliases  []string // other names and abbreviations
	Ministry string   // the ministry, agency or local government above it
	// Heads are the officials who led the unit, the current one first.
	Heads []Official
	// Staff is the number of employees, 0 if unknown.
	Staff     int
	Year      int    // evaluation year, 0 if not given
	Predicate string // "WBK" or "WBBM", "" if not given
	// Inferred is true if the name was read from the pile.
	Inferred bool

	directions []string // words that tell a neighbour from the place
}

// An Official led the unit between two days; a zero day is open.
type Official struct {
	Name   string
	NIP    string // 18 digits, "" if unknown
	Title  string
	From   time.Time
	To     time.Time
	Acting bool // Plt. or Plh.
}

// Head returns the current head, or the zero Official.
func (u *Unit) Head() Official {
	if len(u.Heads) == 0 {
		return Official{}
	}
	return u.Heads[0]
}
