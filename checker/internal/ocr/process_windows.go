package ocr

import "syscall"

// attributes keeps a console window from opening for each page.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{HideWindow: true} }
