// Package match gives the documents of a pile to the evidence lines that they
// serve. What a document says comes first, its folder and name second: a right
// document in a wrong folder is found, and a pile without folders is matched
// from content alone.
package match
