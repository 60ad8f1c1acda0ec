package evidence

import (
	"path"
	"slices"
	"strings"
)

var (
	systemFolders    = []string{".git", "$recycle.bin", "system volume information", "@eadir", "__macosx"}
	systemFiles      = []string{"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"}
	settingsFiles    = []string{"dasheval.yaml", "dasheval.yml"}
	partialEndings   = []string{".crdownload", ".part", ".partial", ".tmp", ".download"}
	linkEndings      = []string{".lnk", ".url", ".desktop", ".webloc", ".gdoc", ".gsheet", ".gslides"}
	plainTextEndings = []string{".txt", ".md", ".log", ".ini", ".json"}
	programEndings   = []string{".exe", ".msi", ".bat", ".cmd", ".ps1", ".sh"}
)

// ignored tells why a file is no evidence, by its slash path below the root of
// its folder or archive. Settings count only if that root is the root of the
// pile, which top says.
func ignored(rel string, top bool) Ignored {
	dir, name := path.Split(rel)
	for folder := range strings.SplitSeq(dir, "/") {
		if systemFolder(folder) {
			return IgnoredSystem
		}
	}
	return ignoredName(name, top && dir == "")
}

// systemFolder reports whether nothing inside a folder of this name is evidence.
func systemFolder(name string) bool {
	return slices.Contains(systemFolders, strings.ToLower(name))
}

// ignoredName tells why a file of this name is no evidence.
func ignoredName(name string, top bool) Ignored {
	name = strings.ToLower(name)
	ending := path.Ext(name)
	switch {
	case strings.HasPrefix(name, "~$"),
		strings.HasPrefix(name, ".~lock.") && strings.HasSuffix(name, "#"):
		return IgnoredLock
	case slices.Contains(systemFiles, name), strings.HasPrefix(name, "._"), slices.Contains(programEndings, ending):
		return IgnoredSystem
	case slices.Contains(partialEndings, ending):
		return IgnoredPartial
	case top && slices.Contains(settingsFiles, name):
		return IgnoredSettings
	case slices.Contains(linkEndings, ending):
		return IgnoredLink
	case name == "readme", slices.Contains(plainTextEndings, ending):
		return IgnoredNote
	}
	return ""
}
