//go:build !unix

package pdf

import "github.com/tetratelabs/wazero/experimental"

// allocator returns nil: the memory of sandboxes is Go's.
func allocator() experimental.MemoryAllocator { return nil }
