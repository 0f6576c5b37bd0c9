package message

// Bound makes bodies end at fewer bytes than MaxBody.
func (b *Builder) Bound(bytes int) { b.bound = bytes }
