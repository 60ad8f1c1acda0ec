package words

import (
	"strconv"
	"strings"
)

// Pages writes runs of pages, such as "3, 5–9".
func Pages(runs [][2]int) string {
	parts := make([]string, len(runs))
	for i, r := range runs {
		parts[i] = strconv.Itoa(r[0])
		if r[1] > r[0] {
			parts[i] += "–" + strconv.Itoa(r[1])
		}
	}
	return strings.Join(parts, ", ")
}
