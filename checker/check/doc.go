// Package check holds the checks: small values, each of which examines
// evidence and reports what is missing or wrong.
//
// A check never decides a verdict, never knows its own severity and never
// writes a sentence. How much a finding weighs is policy, and policy lives in
// the rule packs; its words are rendered later, in the reader's language.
package check
