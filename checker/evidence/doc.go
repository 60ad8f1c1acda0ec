// Package evidence brings the files of a pile in: from folders, archives and
// lists. It promises that each file of a source comes out exactly once, under
// a stable path and in a stable order, and that a file that cannot be opened
// is told and never ends the listing.
//
// A pile is what [Roots] makes of the paths a user names: folders, archives and
// single files. Zip archives are expanded wherever they lie, told by their
// content and not by their name; office documents, which are zip archives too,
// are not. What is no evidence (lock files, settings, links) is listed with the
// reason, so that the counts of a report add up. Nothing is ever written.
package evidence
