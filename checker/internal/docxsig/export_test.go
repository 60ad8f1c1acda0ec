package docxsig

// VerifyUnguarded is Verify that panics.
var VerifyUnguarded = verify
