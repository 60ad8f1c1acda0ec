//go:build !windows

package ocr

import "syscall"

func attributes() *syscall.SysProcAttr { return nil }
