package main

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
)

// trust reads the root certificates of the folder that the settings name. A file
// that holds none is a mistake: a root that is silently left out would make valid
// signatures untrusted.
func (a *app) trust(s *settings) ([]*x509.Certificate, error) {
	dir := s.text("trust")
	if dir == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, a.fail(exitUsage, "error.trust", dir)
	}
	var out []*x509.Certificate
	for _, e := range entries {
		switch filepath.Ext(e.Name()) {
		case ".pem", ".crt", ".cer", ".der":
		default:
			continue
		}
		path := filepath.Join(dir, e.Name())
		certs, err := readCertificates(path)
		if err != nil || len(certs) == 0 {
			return nil, a.fail(exitUsage, "error.trust.file", path)
		}
		out = append(out, certs...)
	}
	if len(out) == 0 {
		return nil, a.fail(exitUsage, "error.trust.none", dir)
	}
	return out, nil
}

// readCertificates reads a file of PEM blocks, or of one certificate in DER.
func readCertificates(path string) ([]*x509.Certificate, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, rest := pem.Decode(b)
	if block == nil {
		return x509.ParseCertificates(b)
	}
	var out []*x509.Certificate
	for ; block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}
